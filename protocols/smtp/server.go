package smtp

import (
	"bytes"

	"surel/protocols/message"
	"surel/protocols/wire"
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
	replyCut                   // it is longer than maxLine
)

// next gives the length of the reply that begins b, and how it ends.
func (l *replyLines) next(b []byte) (int, replyEnd) {
	window := b[:min(len(b), maxLine)]
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
	case size < maxLine:
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
func replyLine(line []byte) (more, ok bool) {
	line = line[:len(line)-ending(line)]
	if len(line) < 3 || !isDigit(line[0]) || !isDigit(line[1]) || !isDigit(line[2]) {
		return false, false
	}
	if len(line) == 3 {
		return false, true
	}
	return line[3] == '-', line[3] == '-' || line[3] == ' '
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

// reply reads a whole reply.
func (d *Decoder) reply(raw []byte) {
	code := codeOf(raw)
	said := d.answered(code)
	m := message.Message{Raw: raw, Dir: wire.ServerToClient, Answers: said.number, Body: d.replyBody(said, code)}
	m.Name, m.Note = d.notes.lookup(replyKey{code: uint16(code), enhanced: enhancedOf(raw, code), verb: said.verb})
	m.Mistake = replyMistake(raw)
	m.Malformed = m.Mistake != ""
	d.settle(said, code, raw)
	d.emit(m)
}

// tornReply reads lines of a reply whose last line never came. They settle
// nothing.
func (d *Decoder) tornReply(raw []byte) {
	m := message.Message{Raw: raw, Dir: wire.ServerToClient, Body: plainReply{}, Malformed: true, Mistake: "mistake/bad-reply"}
	m.Name, m.Note = d.notes.lookup(replyKey{code: uint16(codeOf(raw))})
	d.emit(m)
}

// codeOf gives the code of a reply's first line.
func codeOf(raw []byte) int {
	return int(raw[0]-'0')*100 + int(raw[1]-'0')*10 + int(raw[2]-'0')
}

// replyMistake finds what is wrong with a reply's form.
func replyMistake(raw []byte) string {
	for line := range bytes.Lines(raw) {
		switch {
		case ending(line) != 2:
			return "mistake/bare-lf"
		case !bytes.Equal(line[:3], raw[:3]):
			return "mistake/reply-codes-differ" // RFC 5321 §4.2.1
		case bytes.IndexByte(line[:len(line)-2], '\r') >= 0:
			return "mistake/bare-cr"
		}
	}
	if raw[0] < '2' || raw[0] > '5' {
		return "mistake/bad-reply" // RFC 5321 §4.2
	}
	return ""
}

// answered finds what a reply with the code answers.
func (d *Decoder) answered(code int) pending {
	first := !d.greeted
	d.greeted = true
	greets := code == 220 && d.firstSaid() != verbSTARTTLS || code == 554 || code == 421
	if first && (greets || d.queue.empty()) {
		return pending{verb: answersConnection}
	}
	said, _ := d.queue.pop()
	return said
}

func (d *Decoder) firstSaid() verb {
	if waiting := d.queue.waiting(); len(waiting) > 0 {
		return waiting[0].verb
	}
	return verbUnknown
}

// settle draws the consequences of a reply.
func (d *Decoder) settle(said pending, code int, raw []byte) {
	before := d.state
	d.state = after(before, said, code)
	switch {
	case d.queue.empty():
		d.expected = d.state
	case d.state != after(before, said, hoped(said.verb)):
		d.expected = expect(d.state, d.queue.waiting())
	}
	switch {
	case said.verb == verbEHLO && code/100 == 2:
		d.offer = readOffer(string(raw))
	case said.verb == verbHELO && code/100 == 2:
		d.offer = &offer{} // HELO announces no extension
	case said.verb == verbRCPT && code/100 != 2:
		d.refused++
	}
	if d.mode == modeWait && d.queue.empty() {
		d.decide(said, code)
	}
}

// decide says how the client's bytes that waited for this reply are read.
func (d *Decoder) decide(said pending, code int) {
	d.mode = modeCommands
	d.turn, d.held = d.held, false
	switch {
	case said.verb == verbDATA && code == 354:
		d.mode, d.letter = modeContent, letterScan{}
	case (said.verb == verbAUTH || said.verb == answersExchange) && code == 334:
		d.mode = modeExchange
	case said.verb == verbSTARTTLS && code == 220:
		d.mode, d.upgraded = modeInjected, true
	}
}
