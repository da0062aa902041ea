// Package line holds what the protocols of lines share: where a line of a
// stream ends, what ends it, and which bytes may stand in it. Start with Scan.
package line

import (
	"bytes"

	"surel/protocols/field"
)

// Max bounds how many bytes may wait for the end of their line. What the
// standards allow is far less.
const Max = 64 << 10

// Scan finds the ends of the lines of one direction. It remembers how far it
// has looked, so that a line that comes byte by byte is looked at once.
//
// A line ends at its LF, though the standards want CR LF: so that reading
// finds its way again after a bare LF, which is then reported.
type Scan struct {
	scanned int // this many unconsumed bytes hold no end of a line
}

// Next gives the length of the first line of b with its end; 0 where the end
// has not come. Where it does not come within Max bytes, these are the line,
// and cut is true.
func (s *Scan) Next(b []byte) (n int, cut bool) {
	window := b[:min(len(b), Max)]
	from := min(s.scanned, len(window))
	if i := bytes.IndexByte(window[from:], '\n'); i >= 0 {
		s.scanned = 0
		return from + i + 1, false
	}
	if len(window) == Max {
		s.scanned = 0
		return Max, true
	}
	s.scanned = len(window)
	return 0, false
}

// Ending gives the length of what ends the line: 2 for CR LF, 1 for a bare
// LF, 0 where it has no end.
func Ending[T ~string | ~[]byte](line T) int {
	switch n := len(line); {
	case n == 0 || line[n-1] != '\n':
		return 0
	case n > 1 && line[n-2] == '\r':
		return 2
	}
	return 1
}

// Cut gives the line without its end.
func Cut[T ~string | ~[]byte](line T) T { return line[:len(line)-Ending(line)] }

// End gives the fields of the end of a line; the end begins at byte at of
// text. It must be CR LF.
func End(text string, at int) []field.Field {
	c := field.NewCursorAt(text[at:], at)
	AddEnd(c)
	return c.Fields()
}

// AddEnd takes the end of a line, which must be CR LF.
func AddEnd(c *field.Cursor) {
	switch {
	case c.Has("\r\n"):
		c.Punct("CRLF", 2)
	case c.Has("\n"):
		f := c.Add("bare LF", "field/line-end", 1)
		f.Kind, f.Err = field.Punctuation, "a line ends with CR LF, and here the CR is missing"
	}
}
