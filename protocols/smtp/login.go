package smtp

import (
	"surel/protocols/field"
	"surel/protocols/line"
	"surel/protocols/message"
	"surel/protocols/sasl"
	"surel/protocols/wire"
)

// login opens an AUTH command, which may carry the first response.
type login struct{ command }

var _ message.Carrier = login{}

// Summary gives the command's line without the response.
func (login) Summary(raw []byte) string {
	mechanism, initial := sasl.Arguments(raw)
	if initial == "" || initial == "=" {
		return command{}.Summary(raw)
	}
	return "AUTH " + mechanism + " " + sasl.Mask
}

// Fields gives the command's parts; what cannot be read of it may be secret.
func (l login) Fields(raw []byte) []field.Field {
	fields := l.command.Fields(raw)
	sasl.Hide(fields)
	return fields
}

// Inner gives the decoded response as a message of its own.
func (login) Inner(raw []byte) []message.Message {
	mechanism, initial := sasl.Arguments(raw)
	return sasl.Open(sasl.First(mechanism), initial)
}

// exchange reads a client's response in a login.
func (d *Decoder) exchange(raw []byte) {
	text := string(line.Cut(raw))
	m := message.Message{
		Raw: raw, Name: "response", Note: d.step.Note(), Dir: wire.ClientToServer,
		Pipelined: !d.queue.Empty(), Body: sasl.Response(d.step),
	}
	switch {
	case text == sasl.Cancel:
		m.Note = "auth/cancel"
	case sasl.Fault(text) != "":
		m.Mistake, m.Malformed = "mistake/bad-base64", true
	case d.step.ResponseInClear() && !d.secure:
		m.Mistake = "mistake/auth-in-clear"
	}
	if line.Ending(raw) != 2 {
		m.Mistake, m.Malformed = "mistake/bare-lf", true
	}
	d.emit(m)
	d.said(pending{verb: answersExchange})
	d.step = d.step.Next()
	d.mode = modeWait
}
