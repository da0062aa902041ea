package tls

import (
	"testing"

	"surel/protocols/field"
	"surel/protocols/wire"
)

// stream is the beginning of a ClientHello as one record, application data
// and a closing alert behind it.
var stream = []byte("\x16\x03\x01\x00\x04\x01\x00\x00\x00" + "\x17\x03\x03\x00\x03abc" + "\x15\x03\x03\x00\x02\x01\x00")

func TestDecodeGivesRecords(t *testing.T) {
	t.Parallel()
	messages, n := NewDecoder().Decode(wire.ClientToServer, stream)
	want := []struct{ name, state string }{
		{"handshake", stateHello}, {"application_data", stateProtected}, {"alert", stateClosed},
	}
	if n != len(stream) || len(messages) != len(want) {
		t.Fatalf("%d messages of %d bytes", len(messages), n)
	}
	for i, m := range messages {
		if m.Name != want[i].name || m.State != want[i].state || m.Malformed {
			t.Errorf("message %d is %q in %q", i, m.Name, m.State)
		}
		if err := field.Check(m.Fields(), len(m.Raw)); err != nil {
			t.Error(err)
		}
		for _, f := range m.Fields() {
			if !Notes.Has(f.Note) {
				t.Errorf("no note %s", f.Note)
			}
		}
		if !Notes.Has(m.Note) {
			t.Errorf("no note %s", m.Note)
		}
	}
}

func TestDecodeWaitsForTheWholeRecord(t *testing.T) {
	t.Parallel()
	for end := range 9 {
		d := NewDecoder()
		if messages, n := d.Decode(wire.ClientToServer, stream[:end]); len(messages) != 0 || n != 0 {
			t.Errorf("%d bytes gave %d messages", end, len(messages))
		}
		if rest := d.Flush(wire.ClientToServer, stream[:end]); end > 0 && (len(rest) != 1 || !rest[0].Malformed) {
			t.Errorf("%d bytes at the end gave %d messages", end, len(rest))
		}
	}
}

func TestNotesAreWhole(t *testing.T) {
	t.Parallel()
	if err := Notes.Check(); err != nil {
		t.Error(err)
	}
	for _, s := range States {
		if !Notes.Has("state/" + s.Key) {
			t.Errorf("no note for the state %s", s.Key)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(stream)
	f.Add([]byte("EHLO a\r\n"))
	f.Add([]byte("\x16\x03\x01\xff\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		d := NewDecoder()
		messages, n := d.Decode(wire.ServerToClient, b)
		messages = append(messages, d.Flush(wire.ServerToClient, b[n:])...)
		size := 0
		for _, m := range messages {
			size += len(m.Raw)
			if err := field.Check(m.Fields(), len(m.Raw)); err != nil {
				t.Error(err)
			}
			_ = m.Summary()
		}
		if size != len(b) {
			t.Errorf("messages hold %d of %d bytes", size, len(b))
		}
	})
}
