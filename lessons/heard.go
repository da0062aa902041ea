package lessons

import (
	"strings"
	"time"

	"surel/protocols"
	"surel/protocols/note"
	"surel/protocols/wire"
)

// lineOf gives what a message says, without the TLS around it, and the protocol's
// ID.
func lineOf(r *protocols.Reader, e protocols.Entry) (line, protocol string) {
	m := r.Message(e)
	words := protocols.Words{Protocol: r.Protocol(e), Lang: note.EN}
	if t, ok := m.Body.(protocols.Tunnel); ok {
		if _, through := t.Through(); through && len(t.Carried()) > 0 {
			carried := &t.Carried()[0]
			words = words.Of(carried)
			return words.Summary(carried), words.Protocol.ID
		}
	}
	return words.Summary(m), words.Protocol.ID
}

// answers tells whether a server's message answers what a client has said since a
// moment, in capitals or not: the message that it answers is looked at, or, where the
// protocol does not link them, any before it on the connection.
func answers(r *protocols.Reader, e protocols.Entry, said string, since time.Time) bool {
	if said == "" {
		return true
	}
	from, to := int32(0), e.Index
	if m := r.Message(e); m.Answers != 0 {
		from, to = m.Answers-1, m.Answers
	}
	for i := from; i < to; i++ {
		before := protocols.Entry{Conn: e.Conn, Index: i}
		b := r.Message(before)
		if b.Dir != wire.ClientToServer || b.Time.Before(since) {
			continue
		}
		if line, _ := lineOf(r, before); begins(strings.ToUpper(strings.TrimRight(line, "\r\n")), strings.ToUpper(said)) {
			return true
		}
	}
	return false
}
