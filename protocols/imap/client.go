package imap

import (
	"bytes"

	"surel/protocols/line"
	"surel/protocols/message"
	"surel/protocols/sasl"
	"surel/protocols/wire"
)

// nextFromClient reads the client's next message and gives its length; 0
// where it is not complete.
func (d *Decoder) nextFromClient(b []byte) int {
	switch d.mode {
	case modeWait:
		if d.held = len(b) > 0; len(b) < maxWait {
			return 0
		}
		d.stopWaiting(b)
		return d.nextFromClient(b)
	case modeOpaque:
		d.compressed(wire.ClientToServer, b)
		return len(b)
	default:
		return d.nextText(b)
	}
}

// nextText reads the client's next message where it says something itself.
func (d *Decoder) nextText(b []byte) int {
	s := &d.scans[wire.ClientToServer]
	rule := literalsWait
	if d.mode == modeExchange || d.mode == modeIdle {
		rule = literalsNone
	}
	n, e := s.next(b, rule)
	if n == 0 && e == endOpen {
		return 0
	}
	broken := s.broken
	literal, continued := s.take(e)
	raw := b[:n:n]
	switch {
	case d.mode == modeInjected:
		s.literal, s.start = 0, 0
		d.injected(raw)
	case e == endLong || broken:
		d.tooLong(raw, !broken, e == endLong)
	case d.mode == modeExchange:
		d.exchange(raw)
	case d.mode == modeIdle:
		d.done(raw)
	case continued:
		d.part(raw, literal, e)
	case d.mode == modeLiteral:
		d.continuation(raw, literal, e)
	default:
		d.begin(raw, e)
	}
	return n
}

// stopWaiting decides what the bytes are that wait for a response which will
// not come, or not in time.
func (d *Decoder) stopWaiting(b []byte) {
	d.leave = 0
	p := d.running.find([]byte(d.awaited))
	switch {
	case p == nil:
		d.mode = modeCommands
	case d.scans[wire.ClientToServer].start > 0 || len(d.command.waiting) > 0:
		d.mode = modeLiteral
	case p.verb.is(verbAuthenticate):
		d.mode = modeExchange
		if headOf(firstLine(b)).verb != unknown {
			d.mode = modeCommands
		}
	case p.verb.is(verbIdle):
		d.mode = modeIdle
	case p.verb.is(verbStartTLS):
		d.mode = modeInjected
	case p.verb.is(verbCompress):
		d.mode = modeOpaque
	default:
		d.mode = modeCommands
	}
}

// begin reads a command, or what of it comes before a literal for which the
// client must wait.
func (d *Decoder) begin(raw []byte, e end) {
	h := headOf(firstLine(raw))
	m := message.Message{
		Raw: raw, Name: h.verb.name, Note: h.verb.note, Dir: wire.ClientToServer,
		Pipelined: !d.running.empty(), Body: command{d.session},
	}
	if h.verb == unknown {
		m.Name = unknownName(raw, h)
	}
	if e == endPart {
		m.Body = cutCommand{command{d.session}}
	}
	m.Mistake, m.Malformed = d.mistake(h, raw, e != endPart)
	d.emit(m)
	p := pending{tag: string(h.tag), verb: h.verb, number: d.number()}
	if p.tagless = len(h.tag) == 0; p.tagless {
		word, _, _ := bytes.Cut(line.Cut(firstLine(raw)), []byte(" "))
		p.tag, p.verb = string(word), unknown // no server carries it out
	}
	d.running.push(p)
	d.expected = after(d.expected, p.verb, true)
	d.command = unfinished{tag: p.tag, verb: h.verb}
	d.afterPiece(raw, 0, e)
	if e == endWhole && !p.tagless {
		d.afterCommand(h, raw)
	}
}

// afterPiece says how the bytes behind a command, or a piece of one, are to be
// read.
func (d *Decoder) afterPiece(raw []byte, literal int64, e end) {
	d.mode = modeCommands
	switch e {
	case endSync:
		d.command.add(raw, literal)
		d.wait(d.command.tag)
	case endWhole:
		d.command.waiting = nil
	default:
	}
}

// afterCommand says how the bytes behind a command are to be read that changes
// that.
func (d *Decoder) afterCommand(h head, raw []byte) {
	switch h.verb.name {
	case verbAuthenticate:
		mechanism, initial := loginArguments(raw[h.size:])
		d.step = sasl.First(mechanism)
		if initial != "" {
			d.step = d.step.Next()
		}
		d.wait(string(h.tag))
	case verbIdle, verbStartTLS, verbCompress:
		d.wait(string(h.tag))
	}
}

// wait lets the client's bytes wait for the response to the command with the
// tag.
func (d *Decoder) wait(tag string) { d.mode, d.awaited, d.leave = modeWait, tag, 0 }

// continuation reads a piece of a command that begins with a literal.
func (d *Decoder) continuation(raw []byte, literal int64, e end) {
	body := d.command.body(d.session, literal)
	m := message.Message{
		Raw: raw, Name: d.command.verb.name + " (continued)", Note: "command/continued", Dir: wire.ClientToServer,
		Body: body, Answers: d.leave, Pipelined: d.leave == 0,
	}
	if p, ok := body.(*piece); ok && e != endPart && faulty(p.Fields(raw)) {
		read := p.parse(p.before+string(raw), true)
		m.Mistake, m.Malformed = read.mistake, read.malformed
	}
	if e == endPart {
		m.Body = rest{literal: literal, secret: d.command.verb.secret()}
	}
	d.goOn(m, raw, literal, e)
}

// part reads a part of a message that was cut because of its length.
func (d *Decoder) part(raw []byte, literal int64, e end) {
	d.goOn(message.Message{
		Raw: raw, Name: d.command.verb.name + " (continued)", Note: "literal/part", Dir: wire.ClientToServer,
		Body: rest{literal: literal, secret: d.command.verb.secret()}, Pipelined: d.running.len() > 1,
	}, raw, literal, e)
}

// goOn emits a later message of the command, which its response then answers.
func (d *Decoder) goOn(m message.Message, raw []byte, literal int64, e end) {
	if e != endPart && line.Ending(raw) == 1 && m.Mistake == "" {
		m.Mistake, m.Malformed = "mistake/bare-lf", true
	}
	d.emit(m)
	if p := d.running.find([]byte(d.command.tag)); p != nil {
		p.number = d.number()
	}
	d.afterPiece(raw, literal, e)
}

// exchange reads a client's response in a login.
func (d *Decoder) exchange(raw []byte) {
	text := string(line.Cut(raw))
	m := message.Message{
		Raw: raw, Name: "response", Note: d.step.Note(), Dir: wire.ClientToServer,
		Body: sasl.Response(d.step), Answers: d.leave, Pipelined: d.leave == 0,
	}
	switch {
	case text == sasl.Cancel:
		m.Note = "auth/cancel"
	case sasl.Fault(text) != "":
		m.Mistake, m.Malformed = "mistake/bad-base64", true
	case d.step.ResponseInClear() && !d.secure:
		m.Mistake = "mistake/login-in-clear"
	}
	if line.Ending(raw) != 2 {
		m.Mistake, m.Malformed = "mistake/bare-lf", true
	}
	d.emit(m)
	if p := d.running.find([]byte(d.awaited)); p != nil {
		p.number = d.number()
	}
	d.step = d.step.Next()
	d.wait(d.awaited)
}

// done reads the line that ends IDLE (RFC 9051 §6.3.13).
func (d *Decoder) done(raw []byte) {
	m := message.Message{
		Raw: raw, Name: "DONE", Note: "command/DONE", Dir: wire.ClientToServer,
		Body: done{}, Answers: d.leave, Pipelined: d.leave == 0,
	}
	switch {
	case !bytes.EqualFold(line.Cut(raw), []byte("DONE")):
		m.Name, m.Note, m.Mistake, m.Malformed = "unread", "command/unknown", "mistake/done-expected", true
	case line.Ending(raw) != 2:
		m.Mistake, m.Malformed = "mistake/bare-lf", true
	}
	d.emit(m)
	if p := d.running.find([]byte(d.awaited)); p != nil {
		p.number = d.number()
	}
	d.mode = modeCommands
}

// unknownName gives a name for a command that is not known: its own word
// where that is short.
func unknownName(raw []byte, h head) string {
	word := raw[min(len(h.tag)+1, h.size):h.size]
	if len(word) == 0 || len(word) > 32 {
		return unknown.name
	}
	return string(bytes.ToUpper(word))
}
