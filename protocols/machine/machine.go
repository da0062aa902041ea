// Package machine describes, as data, what a client may say to a server and
// when: the states that a conversation passes through and the commands that
// each of them allows. The state line and the prompt know nothing else of a
// protocol.
package machine

import "slices"

// State is a place in a protocol's conversation. Its note, under the key
// "state/KEY", gives its label and its explanation.
type State struct {
	// Key names it, such as "mail"; a message.Message names its state by it.
	Key string
	// Main tells that it lies on the ordinary way through a conversation; the
	// state line draws those in the order of the table.
	Main bool
}

// Verb is a command that a client can type.
type Verb struct {
	// Name is what is typed first, such as "MAIL FROM:" or "EHLO".
	Name string
	// Syntax is its form in the notation of its standard, such as
	// "MAIL FROM:<reverse-path> [parameters]".
	Syntax string
	// Note is the key of its note.
	Note string
	// States are the keys of the states that allow it; none means that it is
	// allowed always.
	States []string
	// Example is a whole line that would do in the lab, without a tag.
	Example string
	// Follow are the lines that go on after the example, once the server has
	// asked for them; none for most.
	Follow []string
	// Obsolete tells that servers no longer take it: it is known, and not proposed.
	Obsolete bool
}

// Allowed tells whether the state allows the verb.
func (v Verb) Allowed(state string) bool {
	return len(v.States) == 0 || slices.Contains(v.States, state)
}
