package letter

import (
	"strconv"
	"strings"

	"surel/protocols/field"
)

// Bounds on what is opened. A letter beyond them is still shown whole, but
// what lies beyond stays closed.
const (
	// maxFields is about how many fields a letter's tree may have.
	maxFields = 20_000
	// maxDepth is how deeply parts and letters may lie inside one another.
	maxDepth = 16
)

// reader reads one letter. Its cursor passes header fields, lines and parts;
// what stands inside a header field is read by a lexer of its own, so that an
// error there stops nothing else.
type reader struct {
	*field.Cursor
	text   string
	budget int // fields that may still be opened
}

func read(raw []byte) []field.Field {
	text := string(raw)
	r := &reader{Cursor: field.NewCursorAt(text, 0), text: text, budget: maxFields}
	r.entity(len(text), 0, &content{})
	return r.Fields()
}

// Open begins a field and counts it.
func (r *reader) Open(name, note string) { r.budget--; r.Cursor.Open(name, note) }

// Add takes n bytes as a leaf and counts it.
func (r *reader) Add(name, note string, n int) *field.Field {
	r.budget--
	return r.Cursor.Add(name, note, n)
}

// entity reads a header, the blank line and the body, up to the byte end
// (RFC 5322 §2.1, RFC 2045 §2.4). c holds what is true of the body without a
// header, and takes in what the header says.
func (r *reader) entity(end, depth int, c *content) {
	r.header(end, c)
	if r.Pos() >= end {
		return
	}
	r.endOfLine("blank line", "letter/blank-line")
	r.body(end, depth, c)
}

// body reads the body that a header has described.
func (r *reader) body(end, depth int, c *content) {
	switch {
	case r.Pos() >= end:
	case c.isMultipart() && depth < maxDepth:
		r.multipart(end, depth, c)
	case c.isMultipart() || c.isLetter() && depth >= maxDepth:
		r.Add("body", "letter/body", end-r.Pos()).Err = "nested too deeply to be opened"
	case c.isLetter() && c.isIdentity():
		r.Open("letter", "letter")
		r.entity(end, depth+1, &content{})
		if f := r.Close(); f.Err == "" {
			f.Kind, f.Value = field.Described, count(f.Span.Len()/8)+" bytes"
		}
	case c.isStatus() && c.isIdentity():
		r.status(end)
	case c.mediaType == "text/rfc822-headers" && c.isIdentity():
		r.returnedHeader(end)
	default:
		r.content(end, c)
	}
}

// status reads a delivery status: groups of fields of the form that header
// fields have, with a blank line after each (RFC 3464 §2.1).
func (r *reader) status(end int) {
	r.Open("delivery status", "letter/delivery-status")
	for r.Pos() < end {
		r.header(end, &content{})
		if r.Pos() < end {
			r.endOfLine("blank line", "letter/delivery-status/blank-line")
		}
	}
	r.Close().Value = "message/delivery-status"
}

// returnedHeader reads the header of a letter that came back without its body
// (RFC 6522 §4).
func (r *reader) returnedHeader(end int) {
	r.Open("returned header", "letter/returned-header")
	r.header(end, &content{})
	if r.Pos() < end {
		r.Add("text", "letter/body", end-r.Pos())
	}
	r.Close().Value = "text/rfc822-headers"
}

// endOfLine takes the CRLF or bare LF that is next.
func (r *reader) endOfLine(name, note string) {
	n := 1
	if r.Has("\r\n") {
		n = 2
	}
	f := r.Add(name, note, n)
	f.Value = ""
	if n == 1 {
		f.Err = errBareLF
	}
}

// What a letter may not contain: CR and LF stand in it only as the pair CRLF
// (RFC 5322 §2.3). Servers that disagree about this can be made to see two
// letters where another sees one.
const (
	errBareLF = "bare LF: a line ends with CRLF"
	errBareCR = "bare CR: a line ends with CRLF"
)

// count writes a number with commas between the thousands.
func count(n int) string {
	s := strconv.Itoa(n)
	var b strings.Builder
	for i, digit := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(digit)
	}
	return b.String()
}
