package smtp

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
	unfinishedChunk
	replyTooLong
	unfinishedReply
	noReply
)

// refusals give, for each reason, the name and note of the message, the
// mistake, and what the tree says.
var refusals = [...]struct{ name, note, mistake, why string }{
	lineTooLong:       {"unread", "command/unknown", "mistake/line-too-long", "the line is too long to be a command"},
	responseTooLong:   {"unread", "auth/unknown", "mistake/line-too-long", "the line is too long to be a response"},
	unfinishedCommand: {"unread", "command/unfinished", "mistake/ended-inside", "the connection ended inside this command"},
	unfinishedLogin:   {"unread", "auth/unknown", "mistake/ended-inside", "the connection ended inside this response"},
	unfinishedChunk:   {"chunk", "bdat/chunk", "mistake/ended-inside", "the connection ended inside this chunk"},
	replyTooLong:      {"unread", "reply/unread", "mistake/line-too-long", "this is too long to be a reply"},
	unfinishedReply:   {"unread", "reply/unread", "mistake/ended-inside", "the connection ended inside this reply"},
	noReply:           {"unread", "reply/unread", "mistake/bad-reply", "this is no reply: a reply begins with three digits"},
}

// Summary says why the bytes are no message.
func (r refused) Summary([]byte) string { return refusals[r].why }

// Describes tells that the summary is about the bytes.
func (refused) Describes() {}

// Fields gives the bytes as one field, and the end of the line.
func (r refused) Fields(raw []byte) []field.Field {
	whole := string(raw)
	text := line.Cut(whole)
	c := field.NewCursorAt(text, 0)
	if text == "" {
		c.Add("unread", "field/unread", 0).Err = refusals[r].why
	}
	c.Fail(refusals[r].why)
	fields := c.Fields()
	if r.secret(whole) {
		sasl.Hide(fields)
	}
	return append(fields, line.End(whole, len(text))...)
}

// secret tells whether the bytes may hold a password.
func (r refused) secret(text string) bool {
	v, _ := verbOf([]byte(text[:min(len(text), 8)]))
	return r == responseTooLong || r == unfinishedLogin || v == verbAUTH && r < replyTooLong
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
		Pipelined: dir == wire.ClientToServer && !d.queue.Empty(),
	})
}

// unfinished gives what the client had begun when the connection ended.
func (d *Decoder) unfinished(rest []byte) {
	why := unfinishedCommand
	switch d.mode {
	case modeContent:
		d.tornContent(rest)
		return
	case modeChunk:
		why = unfinishedChunk
	case modeExchange:
		why = unfinishedLogin
	default:
	}
	d.refuse(rest[:len(rest):len(rest)], why)
}
