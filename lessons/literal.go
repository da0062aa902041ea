package lessons

import (
	"bytes"
	"strconv"
	"sync/atomic"

	"surel/protocols/imap"
)

// literal follows a literal that an IMAP client has announced at the end of a
// line, and how much of it is still to come (RFC 9051 §4.3). A screen may ask
// for that while more is sent.
type literal struct {
	left  atomic.Int64
	waits bool // for the server to ask for it
}

// sent is shown what the client sends.
func (l *literal) sent(b []byte) {
	n := min(l.left.Load(), int64(len(b)))
	l.left.Add(-n)
	if size, waits, ok := announced(b[n:]); ok && l.left.Load() == 0 {
		l.waits = waits
		l.left.Store(size)
	}
}

// answered is told whether the server, when it had said all it had to say,
// waits for more: a literal that it does not ask for is not sent.
func (l *literal) answered(more bool) {
	if l.waits && !more {
		l.left.Store(0)
	}
}

// announced gives the size of the literal that ends the line, and whether it
// waits for the server.
func announced(line []byte) (size int64, waits, ok bool) {
	rest, ok := bytes.CutSuffix(line, []byte("}\r\n"))
	at := bytes.LastIndexByte(rest, '{')
	if !ok || at < 0 {
		return 0, false, false
	}
	digits, atOnce := bytes.CutSuffix(rest[at+1:], []byte("+"))
	size, err := strconv.ParseInt(string(digits), 10, 64)
	return size, !atOnce, err == nil && size >= 0
}

// Literal gives how many bytes of a literal the server still waits for from
// the client for which a person types; 0 where it waits for none.
func (r *Runner) Literal() int {
	c := r.connection(r.Typist())
	if c == nil || c.Protocol != imap.ID {
		return 0
	}
	return int(c.literal.left.Load())
}
