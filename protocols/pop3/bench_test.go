package pop3_test

import (
	"bytes"
	"fmt"
	"testing"

	"surel/protocols/message"
	"surel/protocols/pop3"
	"surel/protocols/wire"
)

// BenchmarkRetrieve decodes the answers to RETR: letters of 1 MiB, fed as a
// network would, 32 KiB at a time.
func BenchmarkRetrieve(b *testing.B) {
	line := append(bytes.Repeat([]byte("x"), 76), "\r\n"...)
	letter := append([]byte("+OK\r\nSubject: besar\r\n\r\n"), bytes.Repeat(line, (1<<20)/len(line))...)
	letter = append(letter, ".\r\n"...)
	d := openMailbox()
	b.SetBytes(int64(len(letter)))
	b.ReportAllocs()
	for b.Loop() {
		d.client([]byte("RETR 1\r\n"))
		read := 0
		for end := 32 << 10; read < len(letter); end += 32 << 10 {
			read += d.feed(wire.ServerToClient, letter[read:min(end, len(letter))])
			if end > len(letter)+32<<10 {
				b.Fatal("the letter did not end")
			}
		}
	}
}

// BenchmarkListing decodes the answers to UIDL and LIST over a mailbox of
// 10,000 letters.
func BenchmarkListing(b *testing.B) {
	var text bytes.Buffer
	text.WriteString("+OK\r\n")
	for i := 1; i <= 10_000; i++ {
		fmt.Fprintf(&text, "%d %032x\r\n", i, i)
	}
	text.WriteString(".\r\n")
	d := openMailbox()
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		d.client([]byte("UIDL\r\n"))
		d.feed(wire.ServerToClient, text.Bytes())
	}
}

// BenchmarkCommands decodes commands and answers, one at a time; with their
// trees in BenchmarkFields.
func BenchmarkCommands(b *testing.B) { benchmarkCommands(b, func(*message.Message) {}) }

// BenchmarkFields also opens every message.
func BenchmarkFields(b *testing.B) {
	benchmarkCommands(b, func(m *message.Message) { _ = m.Fields() })
}

func benchmarkCommands(b *testing.B, use func(*message.Message)) {
	lines := [][2][]byte{
		{[]byte("STAT\r\n"), []byte("+OK 3 960\r\n")},
		{[]byte("LIST 2\r\n"), []byte("+OK 2 320\r\n")},
		{[]byte("DELE 2\r\n"), []byte("+OK\r\n")},
		{[]byte("DELE 9\r\n"), []byte("-ERR [SYS/TEMP] Tidak ada\r\n")},
		{[]byte("RSET\r\n"), []byte("+OK\r\n")},
	}
	d := openMailbox()
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
	*pop3.Decoder
	use   func(*message.Message)
	count int
}

// openMailbox gives a decoder of a conversation that has logged in.
func openMailbox() *talk {
	d := &talk{Decoder: pop3.NewDecoder(), use: func(*message.Message) {}}
	d.feed(wire.ServerToClient, []byte("+OK\r\n"))
	d.client([]byte("USER guru\r\nPASS rahasia\r\n"))
	d.feed(wire.ServerToClient, []byte("+OK\r\n+OK\r\n"))
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

func (d *talk) client(b []byte) { d.feed(wire.ClientToServer, b) }
