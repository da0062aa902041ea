package pop3

import (
	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// injected opens a command that came in clear behind STLS, before the server's
// answer: whoever sits on the way could have put it there, and a server must
// not act on it (RFC 2595 §4, CVE-2011-0411).
type injected struct{ message.Body }

// Fields gives the command's parts, of which the first carries the error.
func (i injected) Fields(raw []byte) []field.Field {
	fields := i.Body.Fields(raw)
	if len(fields) > 0 {
		fields[0].Err = "this came in clear behind STLS, before the server's answer"
	}
	return fields
}

// injected gives a line that was sent behind STLS. It waits for no answer.
func (d *Decoder) injected(raw []byte) {
	v, word := verbOf(raw)
	d.emit(message.Message{
		Raw: raw, Name: nameOf(v, raw[:word]), Note: verbNotes[v], Mistake: "mistake/injected",
		Body: injected{bodyOf(v)}, Dir: wire.ClientToServer, Malformed: true,
	})
}
