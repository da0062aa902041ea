package lessons

import (
	"cmp"
	"slices"
	"strings"

	"surel/protocols"
	"surel/protocols/note"
)

// Text is a text in every language of the program.
type Text struct{ ID, EN string }

// In gives the text in a language.
func (t Text) In(lang note.Lang) string {
	if lang == note.EN {
		return t.EN
	}
	return t.ID
}

// Scenario is a script of client actions and of what must come of them.
type Scenario struct {
	// ID is its address, such as "smtp/one-letter".
	ID string
	// File is where it was read from, for errors.
	File string
	// Title names it in a few words; Intro says what it teaches.
	Title, Intro Text
	// Clients are the clients that act in it, at least one.
	Clients []Client
	// Mailboxes are the folders that must hold certain letters at its start.
	Mailboxes []Mailbox
	// Down are the hosts that are off the network while it runs.
	Down []string
	// Actions are what they do, in order.
	Actions []Action
}

// name names the scenario in an error. The way of a task has no ID; who proves the task
// names its file.
func (s *Scenario) name() string { return cmp.Or(s.ID, "the way") }

// Protocol gives the first part of the scenario's ID: the ID of the protocol
// that it teaches, or "together" where it teaches how protocols share a
// mailbox.
func (s *Scenario) Protocol() string {
	protocol, _, _ := strings.Cut(s.ID, "/")
	return protocol
}

// Subject gives the name in print of what the scenario teaches: the protocol's,
// or, where protocols share a mailbox, those that its clients speak, such as
// "IMAP+POP3".
func (s *Scenario) Subject() string {
	if p, ok := protocols.ByID(s.Protocol()); ok {
		return p.Name
	}
	var names []string
	for _, c := range s.Clients {
		if p, ok := protocols.ByID(c.Protocol); ok && !slices.Contains(names, p.Name) {
			names = append(names, p.Name)
		}
	}
	return strings.Join(names, "+")
}

// Client finds a client by its name.
func (s *Scenario) Client(name string) (Client, bool) {
	for _, c := range s.Clients {
		if c.Name == name {
			return c, true
		}
	}
	return Client{}, false
}

// Client is one side of the conversations of a scenario.
type Client struct {
	// Name is what the script calls it, such as "laptop".
	Name string
	// Host is the host that it runs on, such as "laptop.kampus.test".
	Host string
	// Server is the host and port that it connects to, such as
	// "mx1.sekolah.test:25".
	Server string
	// Protocol is the ID of what it speaks, inside TLS where there is TLS.
	Protocol string
}
