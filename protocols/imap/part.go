package imap

import (
	"fmt"

	"surel/protocols/field"
	"surel/protocols/letter"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// part is what a literal holds of a letter.
type part uint8

const (
	partPiece  part = iota // bytes whose form only the letter's structure tells
	partLetter             // a whole letter
	partHeader             // a header, which opens as a letter without a body
	partText               // what follows a header
)

// partNames name what a literal holds, and give the key of its note.
var partNames = [...]struct{ name, note string }{
	partPiece:  {"part", "part"},
	partHeader: {"header", "part/header"},
	partText:   {"text", "part/text"},
}

// inner gives what a message's literals carry as messages of their own. The
// literals lie in text, of which raw is the part from byte from on; only what
// begins there counts.
func inner(all []carried, raw []byte, from int, dir wire.Dir, state string) []message.Message {
	var messages []message.Message
	for _, c := range all {
		start, end := c.data.ByteRange()
		start, end = start-from, min(end-from, len(raw))
		if start < 0 || end <= start {
			continue
		}
		content := raw[start:end:end]
		m := letter.Message(content)
		if c.kind != partLetter {
			names := partNames[c.kind]
			if c.kind != partHeader {
				m.Body = pieceBody{}
			}
			m.Name, m.Note = names.name, names.note
		}
		m.Dir, m.State = dir, state
		messages = append(messages, m)
	}
	return messages
}

// pieceBody opens bytes of a letter that say nothing of their own form.
type pieceBody struct{}

// Summary gives the size.
func (pieceBody) Summary(raw []byte) string { return fmt.Sprintf("%d bytes", len(raw)) }

// Describes tells that the summary is about the bytes.
func (pieceBody) Describes() {}

// Fields gives the bytes as one field.
func (pieceBody) Fields(raw []byte) []field.Field {
	c := field.NewCursor(raw)
	c.Add("content", "part", len(raw))
	return c.Fields()
}
