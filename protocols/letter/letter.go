// Package letter reads the letter itself: the header and body of RFC 5322 with
// the MIME structure of RFC 2045 to RFC 2049 and RFC 2231. SMTP, POP3 and IMAP
// carry letters and open them with Message; their catalogues of notes take in
// Notes.
//
// The reading follows the grammar top down: entity.go divides header and body,
// header.go the header into fields, multipart.go the body into parts. The value
// of a header field is read by the function that its name has in fields.go: to
// open one more header field, add its name there, and a note on it under
// "letter/header/NAME".
//
// Nothing is lost: what does not fit the grammar is a field that says why, and
// what stands before and after it is read as usual.
package letter

import (
	"embed"
	"fmt"
	"io/fs"

	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/note"
)

//go:embed notes
var notes embed.FS

// Notes gives the folder of notes on letters. Their keys begin with "letter".
func Notes() fs.FS { return note.Folder(notes) }

// Message makes a message of the bytes of a letter, without the dots that SMTP
// adds. The caller fills Dir, Time and State. Nothing is read before the
// message is asked for its summary or its fields.
func Message(raw []byte) message.Message {
	return message.Message{Raw: raw, Name: "letter", Note: "letter", Body: body{}}
}

// body opens a letter.
type body struct{}

var _ message.Describer = body{}

// Summary gives the subject and the size in bytes.
func (body) Summary(raw []byte) string {
	size := count(len(raw)) + " bytes"
	if subject := subject(raw); subject != "" {
		return fmt.Sprintf("%s (%s)", subject, size)
	}
	return size
}

// Describes tells that the summary has words about the letter.
func (body) Describes() {}

// Fields gives the header fields, the blank line and the body.
func (body) Fields(raw []byte) []field.Field { return read(raw) }
