package lessons

import (
	"bytes"

	"surel/protocols/message"
	"surel/protocols/wire"
)

// smtpTurns follows SMTP, where each command has one reply.
type smtpTurns struct {
	// said is the number of the last message to which a reply is owed, and
	// answered of the last one that has its reply; both count from 1.
	said, answered int32
	// chunked is the number of a command whose reply waits for its chunk.
	chunked int32
}

var _ turns = (*smtpTurns)(nil)

func (t *smtpTurns) owed() bool { return t.said > t.answered }

func (t *smtpTurns) take(m *message.Message, number int32) {
	switch {
	case m.Dir == wire.ServerToClient:
		t.answered = max(t.answered, m.Answers)
	case m.Name == "BDAT" && !m.Malformed && !bytes.HasPrefix(bytes.TrimSpace(m.Raw[len(m.Name):]), []byte("0")):
		t.chunked = number
	case t.chunked != 0: // RFC 3030 §2: the reply comes behind the chunk
		t.said, t.chunked = t.chunked, 0
	default:
		t.said = number
	}
}
