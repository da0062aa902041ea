package lessons

import (
	"surel/protocols/imap"
	"surel/protocols/message"
	"surel/protocols/pop3"
)

// turns follows whose turn it is to speak, for a person who types.
type turns interface {
	// take is shown the next message, with its number from 1.
	take(m *message.Message, number int32)
	// owed tells whether the server has still to answer what the client said.
	owed() bool
}

// turnsOf gives what follows the turns of a protocol.
func turnsOf(protocol string) turns {
	switch protocol {
	case pop3.ID:
		return &pop3Turns{}
	case imap.ID:
		return &imapTurns{open: map[string]int32{}}
	default:
		return &smtpTurns{}
	}
}

// owed tells whether the server has still to answer what the client said.
func (c *connection) owed() bool {
	for messages := c.read.Messages(); c.seen < len(messages); {
		m := &messages[c.seen]
		c.seen++
		c.turns.take(m, int32(c.seen))
	}
	return c.turns.owed()
}
