package smtp

import (
	"strings"

	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// login opens an AUTH command, which may carry the first response.
type login struct{ command }

var _ message.Carrier = login{}

// Summary gives the command's line without the response.
func (login) Summary(raw []byte) string {
	mechanism, initial := authArguments(raw)
	if initial == "" || initial == "=" {
		return command{}.Summary(raw)
	}
	return "AUTH " + mechanism + " " + mask
}

// Fields gives the command's parts; what cannot be read of it may be secret.
func (l login) Fields(raw []byte) []field.Field {
	fields := l.command.Fields(raw)
	hide(fields)
	return fields
}

// Inner gives the decoded response as a message of its own.
func (login) Inner(raw []byte) []message.Message {
	mechanism, initial := authArguments(raw)
	return openResponse(firstStep(mechanism), initial, wire.ClientToServer)
}

// authArguments gives the mechanism and the initial response of AUTH; either
// may be missing.
func authArguments(raw []byte) (mechanism, initial string) {
	words := strings.Fields(string(raw[:len(raw)-ending(raw)]))
	if len(words) > 1 {
		mechanism = words[1]
	}
	if len(words) > 2 {
		initial = words[2]
	}
	return mechanism, initial
}

// exchange reads a client's response in a login.
func (d *Decoder) exchange(raw []byte) {
	text := raw[:len(raw)-ending(raw)]
	m := message.Message{
		Raw: raw, Name: "response", Note: steps[d.step].response, Dir: wire.ClientToServer,
		Pipelined: !d.queue.empty(), Body: response(d.step),
	}
	switch {
	case string(text) == cancel:
		m.Note = "auth/cancel"
	case base64Fault(string(text)) != "":
		m.Mistake, m.Malformed = "mistake/bad-base64", true
	case steps[d.step].inClear && d.step != stepLoginUser:
		m.Mistake = "mistake/auth-in-clear"
	}
	if ending(raw) != 2 {
		m.Mistake, m.Malformed = "mistake/bare-lf", true
	}
	d.emit(m)
	d.said(pending{verb: answersExchange})
	d.step = d.step.next()
	d.mode = modeWait
}
