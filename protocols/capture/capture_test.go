package capture_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"surel/protocols"
	"surel/protocols/capture"
	"surel/protocols/wire"
)

// recorded gives the conversations that the decoders' tests have recorded.
func recorded(t testing.TB) []capture.Talk {
	t.Helper()
	var all []capture.Talk
	for _, folder := range []string{"tls", "smtp", "pop3", "imap", "dns"} {
		files, err := filepath.Glob("../" + folder + "/testdata/*.log")
		if err != nil || len(files) == 0 {
			t.Fatalf("no recordings of %s: %v", folder, err)
		}
		for _, name := range files {
			file, err := os.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			c, segments, err := wire.ReadText(file)
			if err := file.Close(); err != nil {
				t.Fatal(err)
			}
			if err != nil {
				t.Fatal(err)
			}
			c.ID = wire.ConnID(len(all) + 1)
			for _, e := range []*wire.Endpoint{&c.Client, &c.Server} {
				e.Real = e.Addr
			}
			all = append(all, capture.Talk{Conn: c, Segments: segments})
		}
	}
	return all
}

// read reads a capture into a log without narrow limits.
func read(t testing.TB, b []byte, o capture.Options) (*wire.Log, capture.Summary) {
	t.Helper()
	log := wire.NewLog(wire.Limits{Total: 1 << 30, Conns: 1 << 20})
	o.Recognise = protocols.ServiceOf
	s, err := capture.Read(bytes.NewReader(b), log, o)
	if err != nil {
		t.Fatal(err)
	}
	return log, s
}

// streams gives what each side said, whatever the segments.
func streams(segments []wire.Segment) (said [2]string) {
	for _, s := range segments {
		said[s.Dir] += string(s.Bytes)
	}
	return said
}

// TestWriteAndRead writes each recorded conversation and reads it back.
func TestWriteAndRead(t *testing.T) {
	t.Parallel()
	for _, talk := range recorded(t) {
		var b bytes.Buffer
		if err := capture.Write(&b, []capture.Talk{talk}); err != nil {
			t.Fatal(err)
		}
		want := streams(talk.Segments)
		log, s := read(t, b.Bytes(), capture.Options{})
		conns := log.Conns()
		if len(conns) != 1 {
			if s.Unknown == 1 {
				continue // its first bytes are of no protocol
			}
			t.Errorf("%s of %s: read %d connections (%+v)", talk.Service, talk.Opened, len(conns), s)
			continue
		}
		got := streams(log.Segments(conns[0].ID, 0))
		if got != want || s.Lost != 0 {
			t.Errorf("%s: read\n%q\nwritten was\n%q", talk.Service, got, want)
		}
		if conns[0].Client.Addr != talk.Client.Addr || conns[0].Server.Addr != talk.Server.Addr {
			t.Errorf("%s: it is between %v and %v", talk.Service, conns[0].Client.Addr, conns[0].Server.Addr)
		}
		if !slices.Equal(conns[0].Secrets, talk.Secrets) {
			t.Errorf("%s: its secrets are %q", talk.Service, conns[0].Secrets)
		}
	}
}

// TestReadsTheSameMessages compares what is read of a capture with what is read of
// the recording, down to what travels inside TLS.
func TestReadsTheSameMessages(t *testing.T) {
	t.Parallel()
	summaries := func(log *wire.Log) string {
		r := protocols.NewReader(log, nil)
		r.Read()
		var b strings.Builder
		for _, e := range r.Entries() {
			b.WriteString(protocols.Words{}.Summary(r.Message(e)) + "\n")
		}
		return b.String()
	}
	for _, talk := range recorded(t) {
		if talk.Service != "submissions" {
			continue
		}
		direct := wire.NewLog(wire.Limits{})
		c := talk.Conn
		rec := direct.Open(c)
		for _, s := range talk.Segments {
			rec.Record(s.Time, s.Dir, s.Bytes)
		}
		var b bytes.Buffer
		if err := capture.Write(&b, []capture.Talk{talk}); err != nil {
			t.Fatal(err)
		}
		log, _ := read(t, b.Bytes(), capture.Options{})
		if got := summaries(log); got == "" || !strings.Contains(got, "ClientHello") {
			t.Errorf("it reads %q", got)
		}
	}
}

// TestKeysFromAFile reads a capture without secrets with those of a key log.
func TestKeysFromAFile(t *testing.T) {
	t.Parallel()
	for _, talk := range recorded(t) {
		if len(talk.Secrets) < 4 {
			continue
		}
		keys := talk.Secrets
		talk.Secrets = nil
		var b bytes.Buffer
		if err := capture.Write(&b, []capture.Talk{talk}); err != nil {
			t.Fatal(err)
		}
		log, _ := read(t, b.Bytes(), capture.Options{Keys: append([]string{"# a comment", ""}, keys...)})
		if got := log.Conns()[0].Secrets; !slices.Equal(got, keys) {
			t.Errorf("the secrets are %q", got)
		}
	}
}

// TestDamaged reads captures that are cut, and some that are none.
func TestDamaged(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := capture.Write(&b, recorded(t)[:3]); err != nil {
		t.Fatal(err)
	}
	whole := b.Bytes()
	for n := 0; n < len(whole); n += 97 {
		log := wire.NewLog(wire.Limits{})
		_, err := capture.Read(bytes.NewReader(whole[:n]), log, capture.Options{Recognise: protocols.ServiceOf})
		if n < 4 && err == nil {
			t.Errorf("%d bytes are taken for a capture", n)
		}
	}
	log := wire.NewLog(wire.Limits{})
	if _, err := capture.Read(strings.NewReader("220 mail.kampus.test ESMTP\r\n"), log, capture.Options{}); err == nil {
		t.Error("a text is taken for a capture")
	}
}

func FuzzRead(f *testing.F) {
	var b bytes.Buffer
	if err := capture.Write(&b, recorded(f)[:2]); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte("\xd4\xc3\xb2\xa1\x02\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\xff\xff\x00\x00\x65\x00\x00\x00"))
	f.Fuzz(func(_ *testing.T, b []byte) {
		log := wire.NewLog(wire.Limits{})
		_, _ = capture.Read(bytes.NewReader(b), log, capture.Options{Recognise: protocols.ServiceOf})
		r := protocols.NewReader(log, nil)
		r.Read()
	})
}
