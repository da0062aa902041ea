package mailbox_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"surel/server/mailbox"
)

// many is how many letters the mailboxes of the benchmarks hold.
const many = 10_000

// fill makes a Maildir of many letters as another program would leave it.
func fill(b *testing.B, dir string) {
	b.Helper()
	letter := bytes.Repeat([]byte("Selamat pagi, Bu Guru.\r\n"), 80)
	for _, sub := range []string{"tmp", "new", "cur"} {
		if err := os.MkdirAll(filepath.Join(dir, "kampus.test", "siswa", sub), 0o700); err != nil {
			b.Fatal(err)
		}
	}
	for i := range many {
		name := fmt.Sprintf("%d.M%06dP1.lain:2,S", 1_750_000_000+i, i)
		if err := os.WriteFile(filepath.Join(dir, "kampus.test", "siswa", "cur", name), letter, 0o600); err != nil {
			b.Fatal(err)
		}
	}
}

func openMany(b *testing.B, dir string) {
	b.Helper()
	s := mailbox.Open(dir, []mailbox.Account{{Address: owner}}, mailbox.Options{})
	defer s.Close()
	box, err := s.Mailbox(owner)
	if err != nil {
		b.Fatal(err)
	}
	now, err := box.Inbox().Snapshot()
	if err != nil || len(now.Letters) != many {
		b.Fatal(len(now.Letters), err)
	}
}

// BenchmarkOpen opens a Maildir of 10,000 letters: cold without an index, as
// another program leaves it, and after a restart, with one.
func BenchmarkOpen(b *testing.B) {
	dir := b.TempDir()
	fill(b, dir)
	b.Run("cold", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			_ = os.Remove(filepath.Join(dir, "kampus.test", "siswa", "surel.index"))
			b.StartTimer()
			openMany(b, dir)
		}
	})
	b.Run("restart", func(b *testing.B) {
		for b.Loop() {
			openMany(b, dir)
		}
	})
}

// BenchmarkSnapshot is the look at a mailbox of 10,000 letters that is open:
// what STAT and UIDL need, and what SELECT begins with.
func BenchmarkSnapshot(b *testing.B) {
	dir := b.TempDir()
	fill(b, dir)
	s := mailbox.Open(dir, []mailbox.Account{{Address: owner}}, mailbox.Options{})
	b.Cleanup(s.Close)
	box, err := s.Mailbox(owner)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("unchanged", func(b *testing.B) {
		for b.Loop() {
			now, err := box.Inbox().Snapshot()
			if err != nil {
				b.Fatal(err)
			}
			for _, l := range now.Letters {
				_ = now.UIDL(l)
			}
		}
	})
	b.Run("after-a-flag", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			change := func(f mailbox.Flags) mailbox.Flags { return f ^ mailbox.Flagged }
			err := box.Inbox().Update([]uint32{uint32(i%many) + 1}, change)
			if err == nil {
				_, err = box.Inbox().Snapshot()
			}
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}
