package smtp

import (
	"strings"

	"surel/protocols/field"
)

// textCursor reads text whose runs become one leaf up to the next mark.
type textCursor struct {
	*field.Cursor
	run int // bytes of text that no leaf has yet
}

// ahead gives what lies behind the run.
func (t *textCursor) ahead() string { return t.Rest()[t.run:] }

// flush makes a leaf of the run and n bytes more.
func (t *textCursor) flush(n int) {
	if t.run+n > 0 {
		t.Add("text", "content/text", t.run+n)
	}
	t.run = 0
}

// remainder makes one leaf of what follows the last mark that is shown.
func (t *textCursor) remainder(rest string) {
	t.flush(0)
	f := t.Add("text", "content/text", len(rest))
	if lf, cr := bareEnds([]byte(rest)); lf || cr {
		f.Err = "a CR or LF stands alone in it"
	}
}

func (t *textCursor) mark(name, note string, n int) *field.Field {
	t.flush(0)
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
