package pop3_test

import (
	"testing"

	"surel/protocols"
	"surel/protocols/message"
	"surel/protocols/pop3"
	"surel/protocols/wire"
)

// TestMessagesHaveNotes looks up the notes of every message of every
// recording and of its mistakes: each key has a note of its own.
func TestMessagesHaveNotes(t *testing.T) {
	t.Parallel()
	forEachRecording(t, func(t *testing.T, c wire.Conn, segments []wire.Segment) {
		talk := decode(t, c, segments)
		for i := range talk {
			checkKeys(t, &talk[i])
		}
	})
}

func checkKeys(t *testing.T, m *message.Message) {
	t.Helper()
	catalogue := pop3.Notes
	if p, ok := protocols.ByID("tls"); ok && !pop3.Notes.Has(m.Note) {
		catalogue = p.Notes
	}
	if !catalogue.Has(m.Note) {
		t.Errorf("message %s: no note %s", m.Name, m.Note)
	}
	if m.Mistake != "" && !catalogue.Has(m.Mistake) {
		t.Errorf("message %s: no note %s", m.Name, m.Mistake)
	}
	inner := m.Inner()
	for i := range inner {
		checkKeys(t, &inner[i])
	}
}
