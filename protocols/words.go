package protocols

import (
	"fmt"

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

// Of gives the words for a message that one of another protocol may carry.
func (w Words) Of(m *message.Message) Words {
	if m.Protocol == "" {
		return w
	}
	p, ok := ByID(m.Protocol)
	if !ok {
		return w
	}
	return Words{Protocol: p, Lang: w.Lang}
}

// Summary gives a message in one line; of one that carries others through a
// tunnel, theirs.
func (w Words) Summary(m *message.Message) string {
	if t, ok := m.Body.(Tunnel); ok {
		if _, through := t.Through(); through && len(t.Carried()) > 0 {
			return w.carried(t.Carried())
		}
	}
	if !m.Described() {
		return m.Summary()
	}
	return w.phrase(m.Summary())
}

// carried gives the line of the first message, and how many lines follow it.
func (w Words) carried(messages []message.Message) string {
	first := w.Of(&messages[0]).Summary(&messages[0])
	if n := len(messages) - 1; n > 0 {
		return fmt.Sprintf("%s (+%d)", first, n)
	}
	return first
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
