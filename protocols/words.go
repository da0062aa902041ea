package protocols

import (
	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/note"
)

// Words say in one language what the decoder of a protocol says in English.
// What came from the wire stays as it is. The zero value speaks English.
type Words struct {
	Protocol *Protocol
	Lang     note.Lang
}

// Summary gives a message in one line.
func (w Words) Summary(m *message.Message) string {
	if !m.Described() {
		return m.Summary()
	}
	return w.phrase(m.Summary())
}

// Value gives what a field says.
func (w Words) Value(f *field.Field) string {
	if f.Kind != field.Described {
		return f.Value
	}
	return w.phrase(f.Value)
}

// Fault gives what is wrong with a field; empty where nothing is.
func (w Words) Fault(f *field.Field) string { return w.phrase(f.Err) }

func (w Words) phrase(english string) string {
	if w.Protocol == nil || w.Protocol.Notes == nil {
		return english
	}
	return w.Protocol.Notes.Phrase(english, w.Lang)
}
