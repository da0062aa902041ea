package lessons

import (
	"bytes"
	"slices"

	"surel/protocols/message"
	"surel/protocols/wire"
)

// pop3Turns follows POP3, where lines up to a lone dot follow some of the
// status lines (RFC 1939 §3).
type pop3Turns struct {
	// said is the number of the last message to which a reply is owed, and
	// answered of the last one that has its status line.
	said, answered int32
	// long holds the numbers of the commands whose reply has many lines where
	// the server accepts them.
	long []int32
	// lines tells that the lines behind a status line have not all come.
	lines bool
}

var _ turns = (*pop3Turns)(nil)

func (t *pop3Turns) owed() bool { return t.said > t.answered || t.lines }

func (t *pop3Turns) take(m *message.Message, number int32) {
	switch {
	case m.Dir == wire.ClientToServer:
		t.said = number
		if manyLines(m) {
			t.long = append(t.long, number)
		}
	case m.Name == "content" || m.Name == "listing": // whole, or a part of a large one
		t.lines = !bytes.Equal(m.Raw, []byte(".\r\n")) && !bytes.HasSuffix(m.Raw, []byte("\r\n.\r\n"))
	default:
		t.answered = max(t.answered, m.Answers)
		t.lines = m.Name == "+OK" && slices.Contains(t.long, m.Answers)
		t.long = slices.DeleteFunc(t.long, func(n int32) bool { return n <= m.Answers })
	}
}

// manyLines tells whether the reply to a command has many lines.
func manyLines(m *message.Message) bool {
	switch m.Name {
	case "RETR", "TOP", "CAPA":
		return true
	case "LIST", "UIDL", "AUTH", "LANG": // with an argument, they ask about one thing
		return len(bytes.Fields(m.Raw)) == 1
	default:
		return false
	}
}
