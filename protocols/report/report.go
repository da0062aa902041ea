// Package report prints conversations that have been read: as Text for screen
// readers, logs and paper, as JSON for programs, as Markdown for lesson sheets, as
// a List of one line for each message.
// Start with Report and one of the three functions of these names; whoever
// prints messages as they come starts with NewText.
//
// Nothing from the wire comes out as it is: control characters are made
// visible (package visible), in JSON by its own escapes, and passwords are
// masked unless ShowSecrets is set.
//
// entry.go turns a message into what is printed, with its notes in the chosen
// language; each form prints these entries. To add a form, add a file that
// walks the entries of Report.entries. Its words belong to labels/, in both
// languages.
package report

import (
	"iter"

	"surel/protocols"
	"surel/protocols/note"
	"surel/protocols/wire"
)

// Options say how something is printed.
type Options struct {
	// Lang is the language of titles, notes and labels.
	Lang note.Lang
	// ShowSecrets prints passwords as they are. Without it their values, and
	// their bytes in JSON's raw, are asterisks.
	ShowSecrets bool
	// Compact lets JSON write a connection on one line, for what is large.
	Compact bool
}

// Report is what is printed: some connections, in their order.
type Report struct {
	Options
	// Scenario is the ID of the scenario that was played, such as
	// "smtp/one-letter"; empty for what was recorded otherwise.
	Scenario string
	// Connections are printed one after another.
	Connections []Connection
}

// Connection is a connection with what was said on it.
type Connection struct {
	wire.Conn
	*protocols.Conversation
}

// Of gives all connections that a reader has read.
func Of(r *protocols.Reader) []Connection {
	var all []Connection
	for _, c := range r.Conns() {
		if talk, ok := r.Conversation(c.ID); ok {
			all = append(all, Connection{c, talk})
		}
	}
	return all
}

// entries gives the messages of a connection as they are printed, one by one:
// what is made of them is many times as large as they are.
func (r *Report) entries(c *Connection) iter.Seq[*entry] {
	return func(yield func(*entry) bool) {
		messages := c.Messages()
		for i := range messages {
			e := newEntry(&messages[i], c.ProtocolOf(i), r.Options)
			if !yield(&e) {
				return
			}
		}
	}
}
