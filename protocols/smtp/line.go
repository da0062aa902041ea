package smtp

import "bytes"

// maxLine bounds how many bytes may wait for the end of their line or, on the
// server's side, of their reply. RFC 5321 §4.5.3.1 allows far less.
const maxLine = 64 << 10

// lines finds the ends of the lines of one direction. It remembers how far it
// has looked, so that a line that comes byte by byte is looked at once.
//
// A line ends at its LF, though RFC 5321 §2.3.8 wants CR LF: so that reading
// finds its way again after a bare LF, which is then reported.
type lines struct {
	scanned int  // this many unconsumed bytes hold no end of a line
	broken  bool // the line has begun in a message that was cut off
}

// next gives the length of the first line of b with its end; 0 where the end
// has not come. Where it does not come within maxLine bytes, these are the
// line, and cut is true.
func (l *lines) next(b []byte) (n int, cut bool) {
	window := b[:min(len(b), maxLine)]
	from := min(l.scanned, len(window))
	if i := bytes.IndexByte(window[from:], '\n'); i >= 0 {
		l.scanned = 0
		return from + i + 1, false
	}
	if len(window) == maxLine {
		l.scanned = 0
		return maxLine, true
	}
	l.scanned = len(window)
	return 0, false
}

// ending gives the length of what ends the line: 2 for CR LF, 1 for a bare
// LF, 0 where it has no end.
func ending[T ~string | ~[]byte](line T) int {
	switch n := len(line); {
	case n == 0 || line[n-1] != '\n':
		return 0
	case n > 1 && line[n-2] == '\r':
		return 2
	}
	return 1
}

func upper(b byte) byte {
	if 'a' <= b && b <= 'z' {
		return b - 'a' + 'A'
	}
	return b
}

func isLetter(b byte) bool        { return 'A' <= upper(b) && upper(b) <= 'Z' }
func isDigit(b byte) bool         { return '0' <= b && b <= '9' }
func isLetterOrDigit(b byte) bool { return isLetter(b) || isDigit(b) }

// isText accepts what may stand in free text: printable characters, space and
// tab, and the bytes of UTF-8 (RFC 5321 §4.2, RFC 6531 §3.3).
func isText(b byte) bool { return b == '\t' || b >= ' ' && b != 0x7f }

// isGraphic is isText without white space.
func isGraphic(b byte) bool { return b > ' ' && b != 0x7f }

// prefix gives the length of the longest beginning of s whose bytes accept
// allows.
func prefix(s string, accept func(byte) bool) int {
	n := 0
	for n < len(s) && accept(s[n]) {
		n++
	}
	return n
}
