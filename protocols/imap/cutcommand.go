package imap

import (
	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// cutCommand opens the first part of a command that is longer than maxMessage.
type cutCommand struct{ command }

// Fields gives the parts that the command has so far.
func (c cutCommand) Fields(raw []byte) []field.Field {
	return hideUnread(c.parse(string(raw), false).tree(string(raw), len(raw)), mayHoldSecret(raw))
}

// Inner gives what of the letter has come so far.
func (c cutCommand) Inner(raw []byte) []message.Message {
	if headOf(firstLine(raw)).verb.name != verbAppend {
		return nil
	}
	return inner(c.parse(string(raw), false).carried, raw, 0, wire.ClientToServer, stateAppend)
}
