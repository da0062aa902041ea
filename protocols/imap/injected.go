package imap

import (
	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// injected opens a command that came in clear behind STARTTLS, before the
// server's answer: whoever sits on the way could have put it there, and a
// server must not act on it (RFC 9051 §6.2.1, CVE-2011-0411).
type injected struct{ message.Body }

// Fields gives the command's parts, of which the first carries the error.
func (i injected) Fields(raw []byte) []field.Field {
	fields := i.Body.Fields(raw)
	if len(fields) > 0 {
		fields[0].Err = "this came in clear behind STARTTLS, before the server's answer"
	}
	return fields
}

// injected gives a line that was sent behind STARTTLS. It waits for no answer.
func (d *Decoder) injected(raw []byte) {
	h := headOf(firstLine(raw))
	m := message.Message{
		Raw: raw, Name: h.verb.name, Note: h.verb.note, Mistake: "mistake/injected",
		Body: injected{command{d.session}}, Dir: wire.ClientToServer, Malformed: true,
	}
	if h.verb == unknown {
		m.Name = unknownName(raw, h)
	}
	d.emit(m)
}
