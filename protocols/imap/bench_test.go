package imap_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"surel/protocols/imap"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// BenchmarkBodies decodes FETCH responses that carry letters of 1 MiB, fed as
// a network would, 32 KiB at a time; with their trees in BenchmarkOpenBodies.
func BenchmarkBodies(b *testing.B) { benchmarkBodies(b, func(*message.Message) {}) }

// BenchmarkOpenBodies also opens every message.
func BenchmarkOpenBodies(b *testing.B) {
	benchmarkBodies(b, func(m *message.Message) { _ = m.Fields() })
}

func benchmarkBodies(b *testing.B, use func(*message.Message)) {
	text := "Subject: besar\r\n\r\n" + strings.Repeat(strings.Repeat("x", 76)+"\r\n", (1<<20)/78)
	whole := fmt.Appendf(nil, "* 1 FETCH (UID 7 FLAGS (\\Seen) BODY[] {%d}\r\n%s)\r\n", len(text), text)
	d := selectedTalk()
	d.use = use
	b.SetBytes(int64(len(whole)))
	b.ReportAllocs()
	for b.Loop() {
		for end := 32 << 10; d.feed(wire.ServerToClient, whole[:min(end, len(whole))]) == 0; end += 32 << 10 {
			if end > len(whole) {
				b.Fatal("the response did not end")
			}
		}
	}
}

// responseLines are what a server says most.
var responseLines = []string{
	"* 17 FETCH (UID 4242 FLAGS (\\Seen \\Answered $Forwarded))\r\n",
	"* 18 FETCH (UID 4243 FLAGS () RFC822.SIZE 5120)\r\n",
	"* 312 EXISTS\r\n",
	"* 18 EXPUNGE\r\n",
	"* OK Masih di sini\r\n",
}

// BenchmarkResponses decodes short responses; with their trees in
// BenchmarkFields.
func BenchmarkResponses(b *testing.B) { benchmarkResponses(b, func(*message.Message) {}) }

// BenchmarkFields also opens every message.
func BenchmarkFields(b *testing.B) {
	benchmarkResponses(b, func(m *message.Message) { _ = m.Fields() })
}

func benchmarkResponses(b *testing.B, use func(*message.Message)) {
	d := selectedTalk()
	block := []byte(strings.Repeat(strings.Join(responseLines, ""), 100))
	d.use, d.count = use, 0
	b.ReportAllocs()
	for b.Loop() {
		d.feed(wire.ServerToClient, block)
	}
	b.ReportMetric(float64(d.count)/b.Elapsed().Seconds(), "messages/s")
}

// BenchmarkEnvelopes decodes responses that no short way spares the grammar.
func BenchmarkEnvelopes(b *testing.B) {
	const one = "* 1 FETCH (UID 4 ENVELOPE (\"Mon, 17 Aug 2026 10:00:00 +0700\" \"Tugas\" ((\"Siswa\" NIL \"siswa\" \"kampus.test\")) NIL NIL " +
		"((NIL NIL \"guru\" \"sekolah.test\")) NIL NIL NIL \"<1@kampus.test>\"))\r\n"
	d := selectedTalk()
	block := bytes.Repeat([]byte(one), 100)
	d.count = 0
	b.SetBytes(int64(len(block)))
	for b.Loop() {
		d.feed(wire.ServerToClient, block)
	}
	b.ReportMetric(float64(d.count)/b.Elapsed().Seconds(), "messages/s")
}

// talk feeds a decoder and counts what comes out.
type talk struct {
	*imap.Decoder
	use   func(*message.Message)
	count int
}

// selectedTalk gives a decoder whose client has opened a mailbox and runs a
// FETCH.
func selectedTalk() *talk {
	d := &talk{Decoder: imap.NewDecoder(), use: func(*message.Message) {}}
	d.feed(wire.ServerToClient, []byte(loggedIn))
	d.feed(wire.ClientToServer, []byte("a SELECT INBOX\r\n"))
	d.feed(wire.ServerToClient, []byte(selected))
	d.feed(wire.ClientToServer, []byte("b UID FETCH 1:* (FLAGS BODY[])\r\n"))
	return d
}

func (d *talk) feed(dir wire.Dir, b []byte) int {
	n := 0
	for n < len(b) {
		messages, consumed := d.Decode(dir, b[n:])
		for i := range messages {
			d.use(&messages[i])
		}
		d.count += len(messages)
		if n += consumed; consumed == 0 {
			break
		}
	}
	return n
}
