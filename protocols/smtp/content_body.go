package smtp

import (
	"fmt"

	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/stuffed"
)

// content opens a letter, or a part of one.
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

// Inner gives the letter as its writer meant it: without the final dot and
// without the dots that were added (RFC 5321 §4.5.2). Of a letter that was cut
// into parts, the first part carries what it holds and the others nothing.
func (c content) Inner(raw []byte) []message.Message {
	if !stuffed.Part(c).First() {
		return nil
	}
	return letterMessages(stuffed.Part(c).Text(raw))
}

// Fields gives the letter's text with what was added for the transfer.
func (c content) Fields(raw []byte) []field.Field { return stuffed.Part(c).Fields(raw) }

// tornContent opens a letter in which the connection ended.
type tornContent struct{ content }

var _ message.Carrier = tornContent{}

// Fields gives what came of the letter, and an error behind it.
func (t tornContent) Fields(raw []byte) []field.Field {
	return append(t.content.Fields(raw), field.Field{
		Name: "missing", Note: "field/missing", Span: field.Bytes(len(raw), len(raw)),
		Err: "the connection ended inside this letter",
	})
}
