package smtp

import (
	"bytes"

	"surel/protocols/line"
	"surel/protocols/message"
	"surel/protocols/stuffed"
	"surel/protocols/wire"
)

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
	m := message.Message{Raw: raw, Dir: wire.ServerToClient, Body: tornReply{}, Malformed: true, Mistake: "mistake/bad-reply"}
	m.Name, m.Note = d.notes.lookup(replyKey{code: uint16(codeOf(raw))})
	d.emit(m)
}

// codeOf gives the code of a reply's first line.
func codeOf(raw []byte) int {
	return int(raw[0]-'0')*100 + int(raw[1]-'0')*10 + int(raw[2]-'0')
}

// replyMistake finds what is wrong with a reply's form.
func replyMistake(raw []byte) string {
	for row := range bytes.Lines(raw) {
		switch {
		case line.Ending(row) != 2:
			return "mistake/bare-lf"
		case !bytes.Equal(row[:3], raw[:3]):
			return "mistake/reply-codes-differ" // RFC 5321 §4.2.1
		case bytes.IndexByte(row[:len(row)-2], '\r') >= 0:
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
	if first && (greets || d.queue.Empty() && !d.joined) {
		return pending{verb: answersConnection}
	}
	said, _ := d.queue.Pop()
	return said
}

func (d *Decoder) firstSaid() verb {
	if waiting := d.queue.Waiting(); len(waiting) > 0 {
		return waiting[0].verb
	}
	return verbUnknown
}

// settle draws the consequences of a reply.
func (d *Decoder) settle(said pending, code int, raw []byte) {
	before := d.state
	d.state = after(before, said, code)
	switch {
	case d.queue.Empty():
		d.expected = d.state
	case d.state != after(before, said, hoped(said.verb)):
		d.expected = expect(d.state, d.queue.Waiting())
	}
	switch {
	case said.verb == verbEHLO && code/100 == 2:
		d.offer = readOffer(string(raw))
	case said.verb == verbHELO && code/100 == 2:
		d.offer = &offer{} // HELO announces no extension
	case said.verb == verbRCPT && code/100 != 2:
		d.refused++
	}
	if d.mode == modeWait && d.queue.Empty() {
		d.decide(said, code)
	}
}

// decide says how the client's bytes that waited for this reply are read.
func (d *Decoder) decide(said pending, code int) {
	d.mode = modeCommands
	d.turn, d.held = d.held, false
	switch {
	case said.verb == verbDATA && code == 354:
		d.mode, d.letter = modeContent, stuffed.Scan{}
	case (said.verb == verbAUTH || said.verb == answersExchange) && code == 334:
		d.mode = modeExchange
	case said.verb == verbSTARTTLS && code == 220:
		d.mode, d.upgraded, d.turn = modeInjected, true, true // what follows is no longer ours
	}
}
