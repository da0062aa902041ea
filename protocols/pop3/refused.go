package pop3

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
	answerTooLong
	unfinishedAnswer
	unfinishedText
	noAnswer
)

// refusals give, for each reason, the name and note of the message, the
// mistake, and what the tree says.
var refusals = [...]struct{ name, note, mistake, why string }{
	lineTooLong:       {"unread", "command/unknown", "mistake/line-too-long", "the line is too long to be a command"},
	responseTooLong:   {"unread", "auth/unknown", "mistake/line-too-long", "the line is too long to be a response"},
	unfinishedCommand: {"unread", "command/unfinished", "mistake/ended-inside", "the connection ended inside this command"},
	unfinishedLogin:   {"unread", "auth/unknown", "mistake/ended-inside", "the connection ended inside this response"},
	answerTooLong:     {"unread", "reply/unread", "mistake/line-too-long", "the line is too long to be an answer"},
	unfinishedAnswer:  {"unread", "reply/unread", "mistake/ended-inside", "the connection ended inside this answer"},
	unfinishedText:    {"unread", "content/part", "mistake/ended-inside", "the connection ended before the final dot"},
	noAnswer:          {"unread", "reply/unread", "mistake/bad-reply", "this is no answer: an answer begins with +OK or -ERR"},
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
		c.Add("unread", refusals[r].note, 0).Err = refusals[r].why
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
	switch v, _ := verbOf([]byte(text[:min(len(text), 8)])); v {
	case verbPASS, verbAPOP, verbAUTH:
		return r < answerTooLong
	default:
		return r == responseTooLong || r == unfinishedLogin
	}
}

// refuse gives bytes that cannot be read as a message.
func (d *Decoder) refuse(raw []byte, why refused, dir wire.Dir) {
	r := refusals[why]
	d.emit(message.Message{
		Raw: raw, Name: r.name, Note: r.note, Mistake: r.mistake, Body: why, Dir: dir, Malformed: true,
		Pipelined: dir == wire.ClientToServer && d.pipelined(),
	})
}

// unfinished says what a direction had begun when the connection ended.
func (d *Decoder) unfinished(dir wire.Dir) refused {
	switch {
	case dir == wire.ServerToClient && d.reading == readText:
		return unfinishedText
	case dir == wire.ServerToClient:
		return unfinishedAnswer
	case d.mode == modeExchange:
		return unfinishedLogin
	}
	return unfinishedCommand
}
