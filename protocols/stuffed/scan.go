// Package stuffed reads text that ends with a dot alone on a line, as SMTP
// sends letters (RFC 5321 §4.5.2) and POP3 its longer answers (RFC 1939 §3).
// So that no line of the text is taken for its end, its sender puts a dot
// before every line that begins with one, and its receiver takes it away.
//
// Start with Scan, which finds the end; Part opens what it finds.
package stuffed

import "bytes"

// Max is the longest text, in bytes as they cross the wire, that is one piece.
// A longer one is cut into parts: each ends after the last CR LF within Max
// bytes, or where there is none after Max bytes, and all but the last lack the
// final dot.
const Max = 16 << 20

// final is the line that ends a text. The CR LF before it is the text's own.
var final = []byte(".\r\n")

// Scan finds the end of a text; the zero value stands before its first byte.
type Scan struct {
	scanned   int  // this many unconsumed bytes hold no final dot
	continued bool // an earlier part of the text was cut off
	midLine   bool // and it ended inside a line
}

// Next gives the length of the text, or of its part, that begins b, and which
// part it is; 0 where its end has not come. After the last part the scan
// stands before the next text.
//
// Only CR LF . CR LF ends a text: anything looser is what lets two programs
// disagree about where it ends (CVE-2023-51764).
func (s *Scan) Next(b []byte) (n int, part Part) {
	n, ended := s.find(b)
	if n == 0 {
		return 0, 0
	}
	part = s.part(ended)
	if ended {
		*s = Scan{}
	} else {
		*s = Scan{continued: true, midLine: !bytes.HasSuffix(b[:n], []byte("\r\n"))}
	}
	return n, part
}

func (s *Scan) find(b []byte) (n int, ended bool) {
	window := b[:min(len(b), Max)]
	if !s.midLine && bytes.HasPrefix(window, final) {
		return len(final), true
	}
	from := max(min(s.scanned, len(window))-len("\r\n.\r"), 0)
	if i := bytes.Index(window[from:], []byte("\r\n.\r\n")); i >= 0 {
		return from + i + len("\r\n.\r\n"), true
	}
	s.scanned = len(window)
	if len(window) < Max {
		return 0, false
	}
	if i := bytes.LastIndex(window, []byte("\r\n")); i >= 0 {
		return i + 2, false
	}
	if window[Max-1] == '\r' { // it may be the first half of a CR LF
		return Max - 1, false
	}
	return Max, false
}

func (s *Scan) part(ended bool) Part {
	var p Part
	if s.continued {
		p |= continued
	}
	if s.midLine {
		p |= midLine
	}
	if !ended {
		p |= unfinished
	}
	return p
}

// Torn tells which part the bytes are that Next has not taken, where no more
// come.
func (s *Scan) Torn() Part { return s.part(false) }

// BareEnds tells whether a text has a LF without CR or a CR without LF,
// neither of which may stand in it.
func BareEnds(raw []byte) (lf, cr bool) {
	for len(raw) > 0 {
		n := bytes.IndexByte(raw, '\n')
		line := raw
		if n >= 0 {
			line, raw = raw[:n], raw[n+1:]
		} else {
			raw = nil
		}
		i := bytes.IndexByte(line, '\r')
		lf = lf || n >= 0 && (len(line) == 0 || line[len(line)-1] != '\r')
		cr = cr || i >= 0 && (n < 0 || i < len(line)-1)
	}
	return lf, cr
}
