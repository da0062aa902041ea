package imap

import (
	"fmt"

	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// opaque opens bytes behind COMPRESS: a stream of DEFLATE, whose blocks are no
// messages (RFC 4978 §3).
type opaque struct{}

// Summary gives the number of bytes.
func (opaque) Summary(raw []byte) string { return fmt.Sprintf("%d bytes", len(raw)) }

// Describes tells that the summary is about the bytes.
func (opaque) Describes() {}

// Fields gives the bytes as one field.
func (opaque) Fields(raw []byte) []field.Field {
	c := field.NewCursor(raw)
	c.Add("compressed data", "compressed", len(raw))
	return c.Fields()
}

// compressed gives what crossed at once of a compressed stream. Such a stream
// has no messages of its own, so this is the only cut that follows the
// segments.
func (d *Decoder) compressed(dir wire.Dir, b []byte) {
	d.emit(message.Message{Raw: b[:len(b):len(b)], Name: "compressed", Note: "compressed", Body: opaque{}, Dir: dir})
}
