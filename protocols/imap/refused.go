package imap

import (
	"surel/protocols/field"
	"surel/protocols/line"
	"surel/protocols/message"
	"surel/protocols/sasl"
	"surel/protocols/wire"
)

// refused opens bytes that are no message; it says why.
type refused uint8

const (
	lineTooLong refused = iota
	responseTooLong
	unfinishedCommand
	unfinishedLogin
	unfinishedLiteral
	replyTooLong
	unfinishedReply
)

// refusals give, for each reason, the name and note of the message, the
// mistake, and what the tree says.
var refusals = [...]struct{ name, note, mistake, why string }{
	lineTooLong:       {"unread", "command/unknown", "mistake/line-too-long", "the line is too long to be a command"},
	responseTooLong:   {"unread", "auth/unknown", "mistake/line-too-long", "the line is too long to be a response"},
	unfinishedCommand: {"unread", "command/unfinished", "mistake/ended-inside", "the connection ended inside this command"},
	unfinishedLogin:   {"unread", "auth/unknown", "mistake/ended-inside", "the connection ended inside this login"},
	unfinishedLiteral: {"unread", "literal/part", "mistake/ended-inside", "the connection ended inside this literal or what follows it"},
	replyTooLong:      {"unread", "response/unread", "mistake/line-too-long", "this is too long to be a response"},
	unfinishedReply:   {"unread", "response/unread", "mistake/ended-inside", "the connection ended inside this response"},
}

// Summary says why the bytes are no message.
func (r refused) Summary([]byte) string { return refusals[r].why }

// Describes tells that the summary is about the bytes.
func (refused) Describes() {}

// Fields gives the bytes as one field, and the end of the line.
func (r refused) Fields(raw []byte) []field.Field {
	text := string(raw)
	end := len(text) - line.Ending(text)
	if end == 0 {
		end = len(text) // such as the first bytes of a literal
	}
	c := field.NewCursorAt(text[:end], 0)
	c.Fail(refusals[r].why)
	fields := c.Fields()
	if r == responseTooLong || r == unfinishedLogin || r == lineTooLong && mayHoldSecret(raw) {
		sasl.Hide(fields)
	}
	return append(fields, line.End(text, end)...)
}

// refuse gives bytes that cannot be read as a message.
func (d *Decoder) refuse(raw []byte, why refused) {
	r := refusals[why]
	dir := wire.ClientToServer
	if why >= replyTooLong {
		dir = wire.ServerToClient
	}
	d.emit(message.Message{
		Raw: raw, Name: r.name, Note: r.note, Mistake: r.mistake, Body: why, Dir: dir, Malformed: true,
		Pipelined: dir == wire.ClientToServer && !d.running.empty(),
	})
}

// unfinished says what the client had begun when the connection ended.
func (d *Decoder) unfinished(rest []byte) refused {
	s := &d.scans[wire.ClientToServer]
	switch {
	case d.mode == modeExchange, mayHoldSecret(rest),
		(d.mode == modeLiteral || s.continued) && d.command.verb.secret():
		return unfinishedLogin
	case d.mode == modeLiteral || s.continued:
		return unfinishedLiteral
	}
	return unfinishedCommand
}

// tooLong gives a line, or a part of one, that was cut off. Where it answers a
// challenge, its last part waits for the response.
func (d *Decoder) tooLong(raw []byte, first, more bool) {
	if d.mode == modeExchange {
		d.refuse(raw, responseTooLong)
		if !more {
			d.wait(d.awaited)
		}
		return
	}
	d.refuse(raw, lineTooLong)
	if h := headOf(firstLine(raw)); first && d.mode == modeCommands && len(h.tag) > 0 {
		d.running.push(pending{tag: string(h.tag), verb: unknown, number: d.number()})
	}
	if !more {
		d.mode = modeCommands
	}
}
