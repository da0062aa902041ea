package pop3

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
	if d.mode == modeWait {
		if d.held = len(b) > 0; len(b) < maxWait {
			return 0
		}
		d.stopWaiting(b)
	}
	n, cut := d.client.Next(b)
	if n > 0 {
		d.line(b[:n:n], cut)
	}
	return n
}

// stopWaiting decides what the bytes are that wait for an answer which will
// not come, or not in time.
func (d *Decoder) stopWaiting(b []byte) {
	d.mode = modeCommands
	waiting := d.queue.Waiting()
	if len(waiting) == 0 {
		return
	}
	switch waiting[len(waiting)-1].verb {
	case verbAUTH, answersExchange:
		if v, _ := verbOf(b); v == verbUnknown { // QUIT is base64, too
			d.mode = modeExchange
		}
	case verbSTLS:
		d.mode = modeInjected
	default:
	}
}

// line reads one line of the client's.
func (d *Decoder) line(raw []byte, cut bool) {
	broken := &d.broken[wire.ClientToServer]
	switch {
	case d.mode == modeInjected:
		d.injected(raw)
	case cut || *broken:
		*broken = cut
		d.tooLong(raw, cut)
	case d.mode == modeExchange:
		d.exchange(raw)
	default:
		d.command(raw)
	}
}

// tooLong gives a line, or a part of one, that was cut off. Where it answers a
// challenge, its last part waits for the server.
func (d *Decoder) tooLong(raw []byte, more bool) {
	if d.mode != modeExchange {
		d.refuse(raw, lineTooLong, wire.ClientToServer)
		return
	}
	d.refuse(raw, responseTooLong, wire.ClientToServer)
	if !more {
		d.said(pending{verb: answersExchange, argument: true})
		d.mode = modeWait
	}
}

// command reads a command (RFC 1939 §3).
func (d *Decoder) command(raw []byte) {
	v, word := verbOf(raw)
	m := message.Message{
		Raw: raw, Name: nameOf(v, raw[:word]), Note: verbNotes[v], Dir: wire.ClientToServer,
		Pipelined: d.pipelined(), Body: bodyOf(v),
	}
	p := pending{verb: v, argument: len(bytes.TrimSpace(raw[word:])) > 0}
	if v.namesMessage() {
		p.message = messageNumber(raw)
	}
	m.Mistake, m.Malformed = d.mistake(p, raw)
	d.emit(m)
	d.said(p)
	switch {
	case v == verbSTLS:
		d.mode = modeWait
	case v == verbAUTH && p.argument:
		d.mode = modeWait
		mechanism, initial := sasl.Arguments(raw)
		d.step = sasl.First(mechanism)
		if initial != "" {
			d.step = d.step.Next()
		}
	}
}

// exchange reads a client's response in a login.
func (d *Decoder) exchange(raw []byte) {
	text := string(line.Cut(raw))
	m := message.Message{
		Raw: raw, Name: "response", Note: d.step.Note(), Dir: wire.ClientToServer,
		Pipelined: d.pipelined(), Body: sasl.Response(d.step),
	}
	switch {
	case text == sasl.Cancel:
		m.Note = "auth/cancel"
	case sasl.Fault(text) != "":
		m.Mistake, m.Malformed = "mistake/bad-base64", true
	case d.step.ResponseInClear() && !d.knows.secure:
		m.Mistake = "mistake/auth-in-clear"
	}
	if line.Ending(raw) != 2 {
		m.Mistake, m.Malformed = "mistake/bare-lf", true
	}
	d.emit(m)
	d.said(pending{verb: answersExchange, argument: true})
	d.step = d.step.Next()
	d.mode = modeWait
}

// nameOf gives a command's name; its own word where it is not known and short.
func nameOf(v verb, word []byte) string {
	if v != verbUnknown || len(word) == 0 || len(word) > 32 {
		return verbNames[v]
	}
	return string(bytes.ToUpper(word))
}
