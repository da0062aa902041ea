package smtp

import (
	"bytes"
	"fmt"

	"surel/protocols/field"
	"surel/protocols/message"
)

// content opens a letter, or a part of one.
type content uint8

const (
	contentContinued  content = 1 << iota // an earlier part was cut off
	contentUnfinished                     // a further part follows
	contentMidLine                        // it begins inside a line
	contentTorn                           // the connection ended inside it
)

var _ message.Carrier = content(0)

func contentOf(l letterScan, ended bool) content {
	var c content
	if l.continued {
		c |= contentContinued
	}
	if l.midLine {
		c |= contentMidLine
	}
	if !ended {
		c |= contentUnfinished
	}
	return c
}

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
	if c&contentContinued != 0 {
		return nil
	}
	return letterMessages(c.unstuff(raw))
}

// unstuff takes away what was added for the transfer. The result aliases raw
// where no dot was added.
func (c content) unstuff(raw []byte) []byte {
	if c&contentUnfinished == 0 {
		raw = raw[:len(raw)-len(final)]
	}
	if !bytes.HasPrefix(raw, []byte(".")) && !bytes.Contains(raw, []byte("\r\n.")) {
		return raw[:len(raw):len(raw)]
	}
	out := make([]byte, 0, len(raw))
	raw = bytes.TrimPrefix(raw, []byte("."))
	for {
		i := bytes.Index(raw, []byte("\r\n."))
		if i < 0 {
			return append(out, raw...)
		}
		out = append(out, raw[:i+2]...)
		raw = raw[i+3:]
	}
}

// maxMarks bounds how many added dots and faults of a letter become fields of
// their own; what follows them is one field.
const maxMarks = 10_000

// Fields gives the letter's text, with a field for every dot that was added,
// for the final dot, and for every CR or LF that stands alone.
func (c content) Fields(raw []byte) []field.Field {
	t := textCursor{Cursor: field.NewCursor(raw)}
	lineStart := c&contentMidLine == 0
	for marks := 0; t.ahead() != "" && marks < maxMarks; {
		switch rest := t.ahead(); {
		case lineStart && rest == string(final) && c&contentUnfinished == 0:
			t.mark("terminator", "content/terminator", len(final))
			marks++
		case lineStart && rest[0] == '.':
			t.mark("stuffed dot", "content/stuffed-dot", 1)
			marks++
		}
		lineStart = t.line(&marks)
	}
	if rest := t.ahead(); rest != "" {
		t.remainder(rest)
	}
	t.flush(0)
	if c&contentTorn != 0 {
		t.Add("missing", "field/missing", 0).Err = "the connection ended inside this letter"
	}
	return t.Fields()
}
