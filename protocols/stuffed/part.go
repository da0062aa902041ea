package stuffed

import (
	"bytes"
	"embed"
	"io/fs"
	"strings"

	"surel/protocols/field"
	"surel/protocols/note"
)

//go:embed notes
var notes embed.FS

// Notes gives the folder of notes on the fields of a Part. Their keys begin
// with "content".
func Notes() fs.FS { return note.Folder(notes) }

// Part tells which part of a text a piece is; the zero value is the whole of
// it, with its final dot.
type Part uint8

const (
	continued  Part = 1 << iota // an earlier part was cut off
	unfinished                  // a further part follows
	midLine                     // it begins inside a line
)

// First tells whether the text begins with this part.
func (p Part) First() bool { return p&continued == 0 }

// Last tells whether the text ends with this part, which then has the final
// dot.
func (p Part) Last() bool { return p&unfinished == 0 }

// MidLine tells whether the part begins inside a line.
func (p Part) MidLine() bool { return p&midLine != 0 }

// Text takes away what was added for the transfer: the final dot and every
// stuffed dot. The result aliases raw where no dot was added.
func (p Part) Text(raw []byte) []byte {
	if p.Last() {
		raw = raw[:len(raw)-len(final)]
	}
	atDot := !p.MidLine() && bytes.HasPrefix(raw, []byte("."))
	if !atDot && !bytes.Contains(raw, []byte("\r\n.")) {
		return raw[:len(raw):len(raw)]
	}
	out := make([]byte, 0, len(raw))
	if atDot {
		raw = raw[1:]
	}
	for {
		i := bytes.Index(raw, []byte("\r\n."))
		if i < 0 {
			return append(out, raw...)
		}
		out = append(out, raw[:i+2]...)
		raw = raw[i+3:]
	}
}

// maxMarks bounds how many added dots and faults of a text become fields of
// their own; what follows them is one field.
const maxMarks = 10_000

// Fields gives the text, with a field for every dot that was added, for the
// final dot, and for every CR or LF that stands alone.
func (p Part) Fields(raw []byte) []field.Field {
	t := textCursor{Cursor: field.NewCursor(raw)}
	lineStart := !p.MidLine()
	for marks := 0; t.ahead() != "" && marks < maxMarks; {
		switch rest := t.ahead(); {
		case lineStart && rest == string(final) && p.Last():
			t.flush()
			AddFinal(t.Cursor)
			marks++
			continue
		case lineStart && rest[0] == '.':
			t.flush()
			AddDot(t.Cursor)
			marks++
		}
		lineStart = t.line(&marks)
	}
	t.remainder()
	return t.Fields()
}

// AddDot takes a dot that was added.
func AddDot(c *field.Cursor) { c.Add("stuffed dot", "content/stuffed-dot", 1) }

// AddFinal takes the line that ends a text.
func AddFinal(c *field.Cursor) { c.Add("terminator", "content/terminator", len(final)) }

// IsFinal tells whether the line ends a text.
func IsFinal(line string) bool { return line == string(final) }

// textCursor reads text whose runs become one leaf up to the next mark.
type textCursor struct {
	*field.Cursor
	run int // bytes of text that no leaf has yet
}

// ahead gives what lies behind the run.
func (t *textCursor) ahead() string { return t.Rest()[t.run:] }

// flush makes a leaf of the run.
func (t *textCursor) flush() {
	if t.run > 0 {
		t.Add("text", "content/text", t.run)
	}
	t.run = 0
}

// remainder makes one leaf of what follows the last mark that is shown, and
// another of the run before it.
func (t *textCursor) remainder() {
	t.flush()
	rest := t.Rest()
	if rest == "" {
		return
	}
	f := t.Add("text", "content/text", len(rest))
	if lf, cr := BareEnds([]byte(rest)); lf || cr {
		f.Err = "a CR or LF stands alone in it"
	}
}

func (t *textCursor) mark(name, note string, n int) *field.Field {
	t.flush()
	return t.Add(name, note, n)
}

// line passes the rest of a line and marks what stands alone in it. It tells
// whether a line begins behind it.
func (t *textCursor) line(marks *int) bool {
	for *marks < maxMarks {
		rest := t.ahead()
		i := indexLineChar(rest)
		if i < 0 {
			t.run += len(rest)
			return false
		}
		t.run += i
		switch {
		case len(rest) > i+1 && rest[i] == '\r' && rest[i+1] == '\n':
			t.run += 2
			return true
		case rest[i] == '\r':
			t.mark("bare CR", "content/bare-cr", 1).Err = "a CR without LF has no place in a letter"
		default:
			t.mark("bare LF", "content/bare-lf", 1).Err = "a LF without CR has no place in a letter"
		}
		*marks++
	}
	return false
}

// indexLineChar finds the first CR or LF.
func indexLineChar(s string) int {
	lf := strings.IndexByte(s, '\n')
	if lf >= 0 {
		s = s[:lf]
	}
	if cr := strings.IndexByte(s, '\r'); cr >= 0 {
		return cr
	}
	return lf
}
