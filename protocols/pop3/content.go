package pop3

import (
	"fmt"

	"surel/protocols/field"
	"surel/protocols/letter"
	"surel/protocols/message"
	"surel/protocols/stuffed"
)

// content opens a letter that RETR or TOP asked for, or a part of one.
type content stuffed.Part

var _ message.Carrier = content(0)

// Summary gives the letter's own summary.
func (c content) Summary(raw []byte) string {
	for _, letter := range c.Inner(raw) {
		return letter.Summary()
	}
	return fmt.Sprintf("%d bytes", len(raw))
}

// Describes tells that the summary has words about the letter.
func (content) Describes() {}

// Fields gives the letter's text with what was added for the transfer.
func (c content) Fields(raw []byte) []field.Field { return stuffed.Part(c).Fields(raw) }

// Inner gives the letter as it lies in the mailbox, without the final dot and
// the stuffed ones (RFC 1939 §3). Of a letter that was cut into parts, the
// first part carries what it holds and the others nothing.
func (c content) Inner(raw []byte) []message.Message {
	if !stuffed.Part(c).First() {
		return nil
	}
	m := letter.Message(stuffed.Part(c).Text(raw))
	m.State = stateTransaction
	return []message.Message{m}
}
