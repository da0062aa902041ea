package smtp

import (
	"bytes"

	"surel/protocols/message"
	"surel/protocols/wire"
)

// maxContent is the longest letter, in bytes as they cross the wire, that is
// one message. A longer one is cut into parts: each ends after the last CR LF
// within maxContent bytes, or where there is none after maxContent bytes, and
// all but the last lack the final dot.
const maxContent = 16 << 20

// final is the line that ends a letter (RFC 5321 §4.5.2). The CR LF before it
// is the letter's own.
var final = []byte(".\r\n")

// letterScan remembers where the search for the final dot stands.
type letterScan struct {
	scanned   int  // this many unconsumed bytes hold no final dot
	continued bool // an earlier part of the letter was cut off
	midLine   bool // and it ended inside a line
}

// next gives the length of the letter, or of its part, that begins b; 0 where
// its end has not come. Only CR LF . CR LF ends a letter: anything looser is
// what lets two servers disagree about where it ends (CVE-2023-51764).
func (l *letterScan) next(b []byte) (n int, ended bool) {
	window := b[:min(len(b), maxContent)]
	if !l.midLine && bytes.HasPrefix(window, final) {
		return len(final), true
	}
	from := max(min(l.scanned, len(window))-len("\r\n.\r"), 0)
	if i := bytes.Index(window[from:], []byte("\r\n.\r\n")); i >= 0 {
		return from + i + len("\r\n.\r\n"), true
	}
	l.scanned = len(window)
	if len(window) < maxContent {
		return 0, false
	}
	if i := bytes.LastIndex(window, []byte("\r\n")); i >= 0 {
		return i + 2, false
	}
	if window[maxContent-1] == '\r' { // it may be the first half of a CR LF
		return maxContent - 1, false
	}
	return maxContent, false
}

// content reads a letter's next message from b and gives its length; 0 where
// it is not complete.
func (d *Decoder) content(b []byte) int {
	n, ended := d.letter.next(b)
	if n == 0 {
		return 0
	}
	raw := b[:n:n]
	m := message.Message{
		Raw: raw, Name: "content", Note: "content", Dir: wire.ClientToServer, Pipelined: !d.queue.empty(),
		Body: contentOf(d.letter, ended),
	}
	if !ended || d.letter.continued {
		m.Note = "content/part"
	}
	if lf, cr := bareEnds(raw); lf || cr {
		m.Malformed, m.Mistake = true, choose(lf, "mistake/bare-lf", "mistake/bare-cr")
	}
	d.emit(m)
	if ended {
		d.letter = letterScan{}
		d.mode = modeCommands
		d.said(pending{verb: answersContent})
		return n
	}
	d.letter = letterScan{continued: true, midLine: !bytes.HasSuffix(raw, []byte("\r\n"))}
	return n
}

// tornContent gives the beginning of a letter in which the connection ended.
func (d *Decoder) tornContent(rest []byte) {
	d.emit(message.Message{
		Raw: rest[:len(rest):len(rest)], Name: "content", Note: "content", Mistake: "mistake/ended-inside",
		Body: contentOf(d.letter, false) | contentTorn, Dir: wire.ClientToServer, Malformed: true,
	})
}

// bareEnds tells whether a letter has a LF without CR or a CR without LF,
// neither of which may stand in it (RFC 5321 §2.3.8).
func bareEnds(raw []byte) (lf, cr bool) {
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
