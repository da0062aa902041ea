package pop3

import (
	"bytes"

	"surel/protocols/line"
	"surel/protocols/message"
	"surel/protocols/stuffed"
	"surel/protocols/wire"
)

// nextFromServer reads the server's next message and gives its length; 0
// where it is not complete.
func (d *Decoder) nextFromServer(b []byte) int {
	if d.reading == readEither {
		begins, known := beginsStatus(b)
		switch {
		case !known && len(b) < len("-ERR"):
			return 0
		case begins:
			d.reading = readStatus
		default:
			d.reading = readText
		}
	}
	if d.reading == readText {
		return d.followed(b)
	}
	n, cut := d.server.Next(b)
	if n == 0 {
		return 0
	}
	raw := b[:n:n]
	broken := &d.broken[wire.ServerToClient]
	switch how := outcomeOf(raw); {
	case cut || *broken:
		*broken = cut
		d.refuse(raw, answerTooLong, wire.ServerToClient)
	case how == isNone || how == isMore && !d.inLogin():
		d.refuse(raw, noAnswer, wire.ServerToClient)
	default:
		d.status(raw, how)
	}
	return n
}

// statusStarts are the beginnings of a status line and of a challenge.
var statusStarts = []string{"+OK", "-ERR", "+ ", "+\r\n", "+\n"}

// beginsStatus tells whether b begins a status line; that is not known while
// b is only the beginning of such a beginning.
func beginsStatus(b []byte) (begins, known bool) {
	known = true
	for _, start := range statusStarts {
		n := min(len(b), len(start))
		if !bytes.EqualFold(b[:n], []byte(start[:n])) {
			continue
		}
		if n == len(start) {
			return true, true
		}
		known = false
	}
	return false, known
}

// outcomeOf tells how a line answers (RFC 1939 §3, RFC 5034 §4).
func outcomeOf[T ~string | ~[]byte](text T) outcome {
	switch {
	case hasFold(text, "+OK"):
		return isOK
	case hasFold(text, "-ERR"):
		return isErr
	case len(text) > 0 && text[0] == '+' && (len(text) == 1 || text[1] == ' ' || text[1] == '\r' || text[1] == '\n'):
		return isMore
	}
	return isNone
}

func hasFold[T ~string | ~[]byte](text T, prefix string) bool {
	if len(text) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		if line.Upper(text[i]) != prefix[i] {
			return false
		}
	}
	return true
}

// inLogin tells whether the server's next answer is one in a login.
func (d *Decoder) inLogin() bool {
	waiting := d.queue.Waiting()
	return len(waiting) > 0 && (waiting[0].verb == verbAUTH && waiting[0].argument || waiting[0].verb == answersExchange)
}

// status reads a status line or a challenge.
func (d *Decoder) status(raw []byte, how outcome) {
	said := d.answered(raw, how)
	m := message.Message{Raw: raw, Dir: wire.ServerToClient, Answers: said.number}
	if how == isMore {
		m.Name, m.Note, m.Body = "+", d.step.ChallengeNote(), challenge(d.step)
	} else {
		m.Name, m.Note, m.Body = outcomeNames[how], replyNote(said, how, raw), statusOf(said)
	}
	m.Mistake = statusMistake(said, how, raw)
	m.Malformed = m.Mistake != "" && m.Mistake != "mistake/line-too-long"
	d.settle(said, how, raw)
	d.emit(m)
}

// answered finds what a status line answers. The first one is the greeting,
// unless the conversation began before it; and where that is not known, unless
// it counts something, as answers in the middle of a conversation do.
func (d *Decoder) answered(raw []byte, how outcome) pending {
	first := !d.knows.greeted
	d.knows.greeted = true
	if first && (!d.knows.joined || !d.knows.spoken && how == isOK && !counts(raw)) {
		return pending{verb: answersConnection}
	}
	said, _ := d.queue.Pop()
	return said
}

// counts tells whether the text of a +OK begins with a number.
func counts(raw []byte) bool { return len(raw) > len("+OK ") && line.IsDigit(raw[len("+OK ")]) }

// settle draws the consequences of an answer.
func (d *Decoder) settle(said pending, how outcome, raw []byte) {
	before := d.state
	d.state = after(before, said, how)
	switch {
	case d.queue.Empty():
		d.expected = d.state
	case d.state != after(before, said, isOK):
		d.expected = expect(d.state, d.queue.Waiting())
	}
	if how == isOK {
		d.accepted(said, raw)
	}
	if d.mode == modeWait && d.queue.Empty() {
		d.decide(said, how)
	}
}

// accepted draws the consequences of what was accepted.
func (d *Decoder) accepted(said pending, raw []byte) {
	switch said.verb {
	case answersConnection:
		d.knows.noAPOP = timestamp(string(raw)) == ""
	case verbPASS, verbAPOP, verbAUTH, answersExchange:
		d.drop = maildrop{}
	case verbSTAT:
		d.drop.stat(raw)
	case verbDELE:
		d.drop.remove(said.message)
	case verbRSET:
		d.drop.restore()
	case verbUTF8:
		d.knows.utf8 = true
	default:
	}
	switch {
	case said.multiline():
		d.reading = readText
	case said.verb == verbUnknown, said.verb == answersConnection && d.knows.joined:
		d.reading = readEither
	}
	d.answer, d.text = said, stuffed.Scan{}
}

// multiline tells whether a text follows when the server accepts what was said
// (RFC 1939 §3, RFC 2449 §5, RFC 6856 §3.2).
func (p pending) multiline() bool {
	switch p.verb {
	case verbRETR, verbTOP, verbCAPA:
		return true
	case verbLIST, verbUIDL, verbAUTH, verbLANG:
		return !p.argument
	default:
		return false
	}
}

// decide says how the client's bytes that waited for this answer are read.
func (d *Decoder) decide(said pending, how outcome) {
	d.mode = modeCommands
	d.turn, d.held = d.held, false
	switch {
	case how == isMore:
		d.mode = modeExchange
	case said.verb == verbSTLS && how == isOK:
		d.mode, d.upgraded, d.turn = modeInjected, true, true // what follows is no longer ours
	}
}

// followed reads what follows a status line and gives its length; 0 where its
// end has not come.
func (d *Decoder) followed(b []byte) int {
	n, part := d.text.Next(b)
	if n == 0 {
		return 0
	}
	raw := b[:n:n]
	m := message.Message{Raw: raw, Dir: wire.ServerToClient, Answers: d.answer.number}
	if v := d.answer.verb; v == verbRETR || v == verbTOP {
		m.Name, m.Note, m.Body = "content", choose(v == verbTOP, "content/TOP", "content"), content(part)
	} else {
		m.Name, m.Note, m.Body = "listing", listingNotes[v], listing{v, part}
		m.Mistake = d.listed(v, raw, part)
	}
	if !part.First() || !part.Last() {
		m.Note = "content/part"
	}
	if lf, cr := stuffed.BareEnds(raw); lf || cr {
		m.Mistake = choose(lf, "mistake/bare-lf", "mistake/bare-cr")
	}
	m.Malformed = m.Mistake != ""
	if part.Last() {
		d.reading = readStatus
	}
	d.emit(m)
	return n
}

// listed takes in what a listing says, and finds what is wrong with it.
func (d *Decoder) listed(v verb, raw []byte, part stuffed.Part) (mistake string) {
	whole := part.First() && part.Last()
	switch {
	case v == verbCAPA && whole && len(raw) <= maxOffer:
		d.offer = readOffer(string(raw))
	case v == verbLIST || v == verbUIDL:
		last, ok := checkListing(v, raw, part)
		if !ok {
			return "mistake/bad-listing"
		}
		if whole {
			d.drop.listed(last)
		}
	}
	return ""
}
