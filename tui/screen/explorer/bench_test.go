package explorer

import (
	"runtime"
	"strconv"
	"testing"
	"time"

	"surel/protocols/note"
	"surel/protocols/wire"
	"surel/tui/ui"
)

// record fills a lab's log with a conversation of at least n messages and gives
// the number of its bytes.
func record(log *wire.Log, n int) (size int) {
	at := time.Date(2026, 8, 17, 10, 0, 0, 0, time.UTC)
	r := log.Open(wire.Conn{
		Service: "smtp", Opened: at,
		Client: wire.Endpoint{Host: "laptop.kampus.test"}, Server: wire.Endpoint{Host: "mx1.sekolah.test"},
	})
	say := func(d wire.Dir, s string) {
		at = at.Add(time.Millisecond)
		r.Record(at, d, []byte(s))
		size += len(s)
	}
	say(wire.ServerToClient, "220 mx1.sekolah.test ESMTP siap\r\n")
	say(wire.ClientToServer, "EHLO laptop.kampus.test\r\n")
	say(wire.ServerToClient, "250-mx1.sekolah.test\r\n250-PIPELINING\r\n250 SIZE 1048576\r\n")
	for i := 3; i < n; i += 10 {
		say(wire.ClientToServer, "MAIL FROM:<siswa"+strconv.Itoa(i)+"@kampus.test>\r\n")
		say(wire.ServerToClient, "250 2.1.0 Ok\r\n")
		say(wire.ClientToServer, "RCPT TO:<guru@sekolah.test>\r\n")
		say(wire.ServerToClient, "250 2.1.5 Ok\r\n")
		say(wire.ClientToServer, "DATA\r\n")
		say(wire.ServerToClient, "354 Silakan\r\n")
		say(wire.ClientToServer, "From: Siswa <siswa@kampus.test>\r\nSubject: Tugas "+strconv.Itoa(i)+"\r\n\r\nIsi\r\n.\r\n")
		say(wire.ServerToClient, "250 2.0.0 Diterima\r\n")
		say(wire.ClientToServer, "NOOP\r\n")
		say(wire.ServerToClient, "250 2.0.0 Ok\r\n")
	}
	return size
}

// big is a log that keeps everything of a long conversation.
func big() *lab { return &lab{log: wire.NewLog(wire.Limits{PerConn: 1 << 30, Total: 1 << 30})} }

func opened(b *testing.B, l *lab, n int) *hand {
	b.Helper()
	h := open(b, l, options{width: 140, height: 38, lang: note.ID})
	record(l.log, n)
	h.m.read()
	if got := len(h.m.reader.Entries()); got < n {
		b.Fatalf("%d messages, want %d", got, n)
	}
	return h
}

// BenchmarkKey measures one key, Update and View, at 140×40: the cursor moves
// over all kinds of messages, in the middle of the conversation.
func BenchmarkKey(b *testing.B) {
	for _, n := range []int{100, 100_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			h := opened(b, big(), n)
			h.m.ladder.Choose(n / 2)
			keys := []string{"right", "right", "right", "right", "right", "left", "left", "left", "left", "left"}
			for i := 0; b.Loop(); i++ {
				h.m.Update(ui.Press(keys[i%len(keys)]))
				_ = h.m.View()
			}
		})
	}
}

// BenchmarkMemory reports what a conversation of 100,000 messages takes, log,
// messages and screen, beside the three times its bytes and 32 MiB that it may.
func BenchmarkMemory(b *testing.B) {
	const n = 100_000
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		l := big()
		h := open(b, l, options{width: 140, height: 38, lang: note.ID})
		raw := record(l.log, n)
		h.m.read()
		h.m.ladder.Choose(n / 2)
		_ = h.m.View()
		runtime.GC()
		runtime.ReadMemStats(&after)
		took, may := int64(after.HeapAlloc)-int64(before.HeapAlloc), int64(3*raw+32<<20)
		b.ReportMetric(float64(took)/(1<<20), "MiB")
		b.ReportMetric(float64(may)/(1<<20), "MiB-allowed")
		if took > may {
			b.Errorf("%d bytes, at most %d are allowed", took, may)
		}
		runtime.KeepAlive(h)
	}
}
