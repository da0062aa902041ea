package protocols

import (
	"os"
	"slices"
	"testing"
	"time"

	"surel/protocols/wire"
)

var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

// at gives the moment n milliseconds after noon.
func at(n int) time.Time { return noon.Add(time.Duration(n) * time.Millisecond) }

// record is a TLS record that carries n bytes.
func record(n int) []byte {
	return append([]byte{23, 3, 3, byte(n >> 8), byte(n)}, make([]byte, n)...)
}

func TestReaderMergesConnectionsInTheirOrder(t *testing.T) {
	t.Parallel()
	log := wire.NewLog(wire.Limits{})
	a := log.Open(wire.Conn{Service: "submissions", Opened: at(0)})
	b := log.Open(wire.Conn{Service: "submissions", Opened: at(1)})
	unknown := log.Open(wire.Conn{Service: "gopher", Opened: at(1)})
	a.Record(at(1), wire.ClientToServer, record(1))
	b.Record(at(2), wire.ClientToServer, record(2))
	unknown.Record(at(2), wire.ClientToServer, record(9))
	a.Record(at(3), wire.ServerToClient, record(3))

	r := NewReader(log, nil)
	if n := r.Read(); n != 3 {
		t.Fatalf("read %d messages", n)
	}
	b.Record(at(4), wire.ServerToClient, record(4)[:6]) // half a record, then the end
	b.Close(at(5))
	if n := r.Read(); n != 1 {
		t.Fatalf("read %d more messages", n)
	}
	if n := r.Read(); n != 0 {
		t.Fatalf("read %d messages of nothing new", n)
	}
	want := []struct {
		conn wire.ConnID
		size int
	}{{a.ID(), 6}, {b.ID(), 7}, {a.ID(), 8}, {b.ID(), 6}}
	for i, e := range r.Entries() {
		if m := r.Message(e); e.Conn != want[i].conn || len(m.Raw) != want[i].size || m.Malformed != (i == 3) {
			t.Errorf("message %d is %q of %d, malformed %v", i, m.Raw, e.Conn, m.Malformed)
		}
		if r.Protocol(e).ID != "tls" {
			t.Errorf("message %d is of %s", i, r.Protocol(e).ID)
		}
	}
	if conns := r.Conns(); len(conns) != 2 {
		t.Errorf("reads %d connections", len(conns))
	}
}

func TestReaderLeavesOutWhatIsNotWanted(t *testing.T) {
	t.Parallel()
	log := wire.NewLog(wire.Limits{})
	log.Open(wire.Conn{Service: "submissions"}).Record(at(1), wire.ClientToServer, record(1))
	r := NewReader(log, func(wire.Conn) bool { return false })
	if n := r.Read(); n != 0 || len(r.Conns()) != 0 {
		t.Errorf("read %d messages", n)
	}
	if _, ok := r.Conversation(1); ok {
		t.Error("has the conversation")
	}
}

// TestReaderLearnsKeysLate is told the secrets of a recorded TLS conversation only
// after all of it, and reads as one who knew them before.
func TestReaderLearnsKeysLate(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"13", "12"} {
		file, err := os.Open("tls/testdata/" + name + ".log")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = file.Close() }()
		c, segments, err := wire.ReadText(file)
		if err != nil {
			t.Fatal(err)
		}
		read := func(late bool) (lines []string) {
			log := wire.NewLog(wire.Limits{})
			secrets := c.Secrets
			c := c
			c.Secrets, c.Closed = nil, time.Time{}
			rec := log.Open(c)
			r := NewReader(log, nil)
			tell := func() {
				for _, s := range secrets {
					rec.Secret(s)
				}
				r.Read()
			}
			if !late {
				tell()
			}
			for _, s := range segments {
				rec.Record(s.Time, s.Dir, s.Bytes)
				r.Read()
			}
			if late {
				tell()
			}
			for _, e := range r.Entries() {
				lines = append(lines, Words{}.Summary(r.Message(e)))
			}
			return lines
		}
		want, got := read(false), read(true)
		if !slices.Equal(want, got) || !slices.Contains(got, "QUIT\r\n") && !slices.Contains(got, "QUIT") {
			t.Errorf("%s: told late it reads\n%q\nand told before\n%q", name, got, want)
		}
	}
}
