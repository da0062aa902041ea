package imap

import (
	"strings"

	"surel/protocols/field"
	"surel/protocols/line"
)

// done opens the line that ends IDLE.
type done struct{}

// Summary gives the line.
func (done) Summary(raw []byte) string { return string(line.Cut(raw)) }

// Fields gives the word and the end of the line.
func (done) Fields(raw []byte) []field.Field {
	c := field.NewCursor(raw)
	text := line.Cut(c.Rest())
	if f := c.Add("command", "command/DONE", len(text)); !strings.EqualFold(text, "DONE") {
		f.Note, f.Err = "command/unknown", "while IDLE runs, DONE is all that a client may say"
	}
	line.AddEnd(c)
	return c.Fields()
}
