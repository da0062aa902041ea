package lessons

import (
	"slices"
	"strings"
	"time"
)

// Kind is the kind of an action.
type Kind uint8

// The kinds of actions.
const (
	Open  Kind = iota + 1 // open the connection
	Send                  // send lines
	TLS                   // do the TLS handshake
	Close                 // close the connection without a word
	Wait                  // do nothing for a while
)

// String gives the word of the script; "C" for what is sent.
func (k Kind) String() string {
	return [...]string{"", "open", "C", "tls", "close", "wait"}[k]
}

// kindOf finds the kind of action that a word alone stands for.
func kindOf(word string) (Kind, bool) {
	for _, k := range []Kind{Open, TLS, Close} {
		if k.String() == word {
			return k, true
		}
	}
	return 0, false
}

// Action is one thing that a client does, and what must come of it.
type Action struct {
	// Line is where it stands in the scenario's file, counted from 1.
	Line int
	// Client is the name of the client that does it.
	Client string
	// Caption tells the student what to watch now.
	Caption Text
	Kind    Kind
	// Lines are what a Send sends, in one write.
	Lines []Line
	// Handshake says how a TLS handshake is done.
	Handshake Handshake
	// Pause is how long a Wait lasts.
	Pause time.Duration
	// Expects are what must come of it, in order.
	Expects []Expectation
}

// Bytes gives what the action puts on the wire, before any TLS.
func (a *Action) Bytes() []byte {
	var b []byte
	for _, l := range a.Lines {
		b = l.append(b)
	}
	return b
}

// Line is one line that a client sends, or bytes that are no whole line.
type Line struct {
	// Text is sent as it stands.
	Text string
	// Raw tells that no CRLF follows the text.
	Raw bool
	// Times is how often a fill line is sent; 0 for a line that is none.
	Times int
}

func (l Line) append(b []byte) []byte {
	if l.Raw {
		return append(b, l.Text...)
	}
	for range max(l.Times, 1) {
		b = append(append(b, l.Text...), "\r\n"...)
	}
	return b
}

// ExpectationKind is the kind of an expectation.
type ExpectationKind uint8

// The kinds of expectations.
const (
	Reply  ExpectationKind = iota + 1 // a reply that matches Text
	Closed                            // the server closes the connection
	Gains                             // Address has Count letters more than when the run began
	Holds                             // the newest letter of Address holds Text
	Counts                            // Address has Count letters
	Asks                              // the client's server has asked others Count questions
	Fails                             // the action fails, and its error holds Text
)

// Expectation is one thing that must come of an action.
type Expectation struct {
	// Line is where it stands in the scenario's file, counted from 1.
	Line    int
	Kind    ExpectationKind
	Text    string
	Address string
	Count   int
}

// Outcome gives the outcome that is expected of a command of POP3 or IMAP:
// "+OK" or "-ERR" (RFC 1939 §3), or the status of a tagged response, "OK", "NO"
// or "BAD" (RFC 9051 §7.1); empty for what tells none.
func (e *Expectation) Outcome() string {
	if e.Kind != Reply {
		return ""
	}
	words := strings.Fields(e.Text)
	switch {
	case len(words) > 0 && (words[0] == "+OK" || words[0] == "-ERR"):
		return words[0]
	case len(words) > 1 && words[0] != "*" && words[0] != "+" && slices.Contains([]string{"OK", "NO", "BAD"}, words[1]):
		return words[1]
	}
	return ""
}

// Code gives the code of the reply that is expected, such as "250"; empty for
// what is no reply, and in protocols whose replies have no codes.
func (e *Expectation) Code() string {
	word, _, _ := strings.Cut(e.Text, " ")
	if e.Kind != Reply || !isCode(word) {
		return ""
	}
	return word
}
