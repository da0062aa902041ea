package lessons

import (
	"bytes"

	"surel/protocols/message"
	"surel/protocols/wire"
)

// turns follows whose turn it is to speak.
type turns struct {
	// read counts the messages that were looked at.
	read int
	// said is the number of the last message to which a reply is owed, and
	// answered of the last one that has its reply; both count from 1.
	said, answered int32
	// chunked is the number of a command whose reply waits for its chunk.
	chunked int32
}

// owed tells whether the server has still to answer what the client said.
func (c *connection) owed() bool {
	t := &c.turns
	for messages := c.read.Messages(); t.read < len(messages); {
		m := &messages[t.read]
		t.read++
		t.take(m, int32(t.read))
	}
	return t.said > t.answered
}

func (t *turns) take(m *message.Message, number int32) {
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
