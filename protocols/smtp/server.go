package smtp

import (
	"bytes"

	"surel/protocols/line"
)

// replyLines finds the ends of the server's replies: one line, or several of
// which all but the last have a hyphen behind the code (RFC 5321 §4.2.1).
type replyLines struct {
	start   int  // of the line that is being read
	scanned int  // this many unconsumed bytes are known
	broken  bool // the line has begun in a message that was cut off
}

// replyEnd says how a reply ends.
type replyEnd uint8

const (
	replyOpen  replyEnd = iota // its end has not come
	replyWhole                 // with its last line
	replyTorn                  // before its last line
	replyNone                  // it is a line that is no reply
	replyCut                   // it is longer than line.Max
)

// next gives the length of the reply that begins b, and how it ends.
func (l *replyLines) next(b []byte) (int, replyEnd) {
	window := b[:min(len(b), line.Max)]
	for {
		i := bytes.IndexByte(window[min(l.scanned, len(window)):], '\n')
		if i < 0 {
			l.scanned = len(window)
			return l.unended(len(window))
		}
		end := l.scanned + i + 1
		switch more, ok := replyLine(window[l.start:end]); {
		case l.broken || !ok && l.start == 0:
			return l.reset(end, replyNone)
		case !ok:
			return l.reset(l.start, replyTorn)
		case more:
			l.start, l.scanned = end, end
		default:
			return l.reset(end, replyWhole)
		}
	}
}

// unended decides about size bytes in which no reply ends.
func (l *replyLines) unended(size int) (int, replyEnd) {
	switch {
	case size < line.Max:
		return 0, replyOpen
	case l.start > 0:
		return l.reset(l.start, replyTorn)
	}
	return l.reset(size, replyCut)
}

func (l *replyLines) reset(n int, end replyEnd) (int, replyEnd) {
	l.start, l.scanned = 0, 0
	return n, end
}

// replyLine tells whether the line is one of a reply, and whether more follow.
func replyLine(raw []byte) (more, ok bool) {
	text := line.Cut(raw)
	if len(text) < 3 || !line.IsDigit(text[0]) || !line.IsDigit(text[1]) || !line.IsDigit(text[2]) {
		return false, false
	}
	if len(text) == 3 {
		return false, true
	}
	return text[3] == '-', text[3] == '-' || text[3] == ' '
}

// nextFromServer reads the server's next message and gives its length; 0
// where it is not complete.
func (d *Decoder) nextFromServer(b []byte) int {
	n, end := d.server.next(b)
	raw := b[:n:n]
	switch end {
	case replyOpen:
	case replyWhole:
		d.reply(raw)
	case replyTorn:
		d.tornReply(raw)
	case replyNone:
		d.refuse(raw, noReplyOr(d.server.broken))
		d.server.broken = false
	case replyCut:
		d.server.broken = true
		d.refuse(raw, replyTooLong)
	}
	return n
}

func noReplyOr(broken bool) refused {
	if broken {
		return replyTooLong
	}
	return noReply
}
