package lessons

import (
	"bytes"

	"surel/protocols/message"
	"surel/protocols/wire"
)

// imapTurns follows IMAP, where a tagged response ends a command, and a
// continuation asks for more of it (RFC 9051 §2.2).
type imapTurns struct {
	// open are the commands that the server has not ended, by their tags, with
	// the numbers of their messages.
	open map[string]int32
	// more tells that the server waits for the client to go on.
	more bool
}

var _ turns = (*imapTurns)(nil)

func (t *imapTurns) owed() bool { return len(t.open) > 0 && !t.more }

func (t *imapTurns) take(m *message.Message, number int32) {
	tag, _, _ := bytes.Cut(bytes.TrimRight(m.Raw, "\r\n"), []byte(" "))
	switch {
	case m.Dir == wire.ClientToServer:
		if !t.more { // otherwise it goes on with what it has begun
			t.open[string(tag)] = number
		}
		t.more = false
	case string(tag) == "+":
		t.more = true
	case string(tag) != "*":
		delete(t.open, string(tag))
	case m.Name == "BAD": // a line without a tag has no other answer (RFC 9051 §7.1.3)
		for tag, number := range t.open {
			if number == m.Answers {
				delete(t.open, tag)
			}
		}
	}
}
