package smtp_test

import (
	"bytes"
	"testing"

	"surel/protocols/message"
	"surel/protocols/smtp"
	"surel/protocols/wire"
)

// BenchmarkContent decodes bulk DATA: letters of 1 MiB, fed as a network
// would, 32 KiB at a time.
func BenchmarkContent(b *testing.B) {
	line := append(bytes.Repeat([]byte("x"), 76), "\r\n"...)
	letter := append([]byte("Subject: besar\r\n\r\n"), bytes.Repeat(line, (1<<20)/len(line))...)
	letter = append(letter, ".\r\n"...)
	d := newTalk(smtp.NewDecoder())
	d.server("220 mx1\r\n")
	d.client([]byte("EHLO a\r\n"))
	d.server("250 mx1\r\n")
	b.SetBytes(int64(len(letter)))
	b.ReportAllocs()
	for b.Loop() {
		d.client([]byte("MAIL FROM:<a@a.test>\r\nRCPT TO:<b@b.test>\r\nDATA\r\n"))
		d.server("250 Ok\r\n250 Ok\r\n354 Go\r\n")
		for end := 32 << 10; ; end += 32 << 10 {
			if d.feed(wire.ClientToServer, letter[:min(end, len(letter))]) > 0 {
				break
			}
			if end > len(letter) {
				b.Fatal("the letter did not end")
			}
		}
		d.server("250 2.0.0 Ok\r\n")
		d.count = 0
	}
}

// conversationLines are what a short conversation says, alternating.
var conversationLines = [][2]string{
	{"MAIL FROM:<siswa@kampus.test>\r\n", "250 2.1.0 Ok\r\n"},
	{"RCPT TO:<guru@sekolah.test>\r\n", "250 2.1.5 Ok\r\n"},
	{"RCPT TO:<tidakada@sekolah.test>\r\n", "550 5.1.1 Tidak ada\r\n"},
	{"NOOP\r\n", "250 2.0.0 Ok\r\n"},
	{"RSET\r\n", "250 2.0.0 Ok\r\n"},
}

// BenchmarkCommands decodes commands and replies, one at a time; with their
// trees in BenchmarkFields.
func BenchmarkCommands(b *testing.B) { benchmarkCommands(b, func(*message.Message) {}) }

// BenchmarkFields also opens every message.
func BenchmarkFields(b *testing.B) {
	benchmarkCommands(b, func(m *message.Message) { _ = m.Fields() })
}

func benchmarkCommands(b *testing.B, use func(*message.Message)) {
	d := newTalk(smtp.NewDecoder())
	d.server("220 mx1\r\n")
	d.client([]byte("EHLO a\r\n"))
	d.server("250-mx1\r\n250 SIZE 1000\r\n")
	lines := make([][2][]byte, len(conversationLines))
	for i, pair := range conversationLines {
		lines[i] = [2][]byte{[]byte(pair[0]), []byte(pair[1])}
	}
	d.use, d.count = use, 0
	b.ReportAllocs()
	for b.Loop() {
		for _, pair := range lines {
			d.client(pair[0])
			d.feed(wire.ServerToClient, pair[1])
		}
	}
	b.ReportMetric(float64(d.count)/b.Elapsed().Seconds(), "messages/s")
}

// talk feeds a decoder and counts what comes out.
type talk struct {
	*smtp.Decoder
	use   func(*message.Message)
	count int
}

func newTalk(d *smtp.Decoder) *talk { return &talk{Decoder: d, use: func(*message.Message) {}} }

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

func (d *talk) client(b []byte)    { d.feed(wire.ClientToServer, b) }
func (d *talk) server(text string) { d.feed(wire.ServerToClient, []byte(text)) }
