package decodertest

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/note"
	"surel/protocols/wire"
)

// Messages holds messages, and what they carry, to what every consumer
// relies on.
func Messages(t testing.TB, messages []message.Message, path string) {
	t.Helper()
	for i := range messages {
		m := &messages[i]
		here := fmt.Sprintf("%s message %d (%s %q)", path, i+1, m.Name, shorten(m.Raw))
		fields := m.Fields()
		if err := field.Check(fields, len(m.Raw)); err != nil {
			t.Errorf("%s: %v", here, err)
		}
		inner := m.Inner()
		if m.Malformed && !saysWhy(fields) && !slices.ContainsFunc(inner, func(m message.Message) bool { return m.Malformed }) {
			t.Errorf("%s is malformed, and its tree does not say why", here)
		}
		if m.Name == "" || m.Note == "" || m.State == "" {
			t.Errorf("%s lacks a name, a note or a state", here)
		}
		if int(m.Answers) > i || m.Answers > 0 && messages[m.Answers-1].Dir == m.Dir {
			t.Errorf("%s answers message %d", here, m.Answers)
		}
		_ = m.Summary()
		Messages(t, inner, here)
	}
}

func saysWhy(fields []field.Field) (says bool) {
	field.Walk(fields, func(f *field.Field, _ int) { says = says || f.Err != "" })
	return says
}

func shorten(b []byte) []byte { return b[:min(len(b), 40)] }

// Lossless holds that the messages hold every byte of each direction,
// in order.
func Lossless(t testing.TB, messages []message.Message, segments []wire.Segment, path string) {
	t.Helper()
	var sent, read [2][]byte
	for _, s := range segments {
		sent[s.Dir] = append(sent[s.Dir], s.Bytes...)
	}
	for _, m := range messages {
		read[m.Dir] = append(read[m.Dir], m.Raw...)
	}
	for d := range sent {
		if !bytes.Equal(sent[d], read[d]) {
			t.Errorf("%s: of what %s sent\n%q\nthe messages hold\n%q", path, wire.Dir(d), sent[d], read[d])
		}
	}
}

// Notes holds that a message, its mistake and what it carries have notes of
// their own in one of the catalogues.
func Notes(t testing.TB, m *message.Message, catalogues ...*note.Catalogue) {
	t.Helper()
	has := func(key string) bool {
		return slices.ContainsFunc(catalogues, func(c *note.Catalogue) bool { return c.Has(key) })
	}
	if !has(m.Note) {
		t.Errorf("message %s: no note %s", m.Name, m.Note)
	}
	if m.Mistake != "" && !has(m.Mistake) {
		t.Errorf("message %s: no note %s", m.Name, m.Mistake)
	}
	inner := m.Inner()
	for i := range inner {
		Notes(t, &inner[i], catalogues...)
	}
}

// Tree holds the tree of a message of some bytes to its invariants.
func Tree(t testing.TB, fields []field.Field, size int) {
	t.Helper()
	if err := field.Check(fields, size); err != nil {
		t.Error(err)
	}
}
