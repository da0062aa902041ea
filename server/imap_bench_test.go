package server_test

import (
	"fmt"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"surel/server"
)

// fullLab is a lab whose teacher has got many letters.
func fullLab(b *testing.B) *server.Lab {
	b.Helper()
	dir := b.TempDir()
	fillMaildir(b, filepath.Join(dir, "mail", "sekolah.test", "guru"))
	return startLab(b, server.Config{Dir: dir})
}

// imapAt connects to any IMAP server and logs in.
func imapAt(tb testing.TB, address string) *imapClient {
	tb.Helper()
	var d net.Dialer
	conn, err := d.DialContext(tb.Context(), "tcp", address)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = conn.Close() })
	c := &imapClient{client: over(tb, conn)}
	if err := conn.SetDeadline(time.Now().Add(5 * time.Minute)); err != nil {
		tb.Fatal(err)
	}
	c.line("* OK ")
	c.ok("LOGIN guru@sekolah.test rahasia2")
	return c
}

// imapWork are the commands that are measured. SELECT comes first, so the
// others find the mailbox open.
func imapWork() []string {
	return []string{
		"SELECT INBOX", "FETCH 1:* (UID FLAGS)", "FETCH 1:* (UID RFC822.SIZE INTERNALDATE)",
		"SEARCH SUBJECT \"uji 9999\"", "FETCH 1:1000 BODY.PEEK[]", "STORE 1:1000 -FLAGS.SILENT (\\Flagged)",
		"STORE 1:1000 +FLAGS.SILENT (\\Answered)", "STORE 1:1000 -FLAGS.SILENT (\\Answered)",
	}
}

// BenchmarkIMAP works on a mailbox of 10,000 letters. The cold SELECT makes the
// index and moves every letter from new to cur.
func BenchmarkIMAP(b *testing.B) {
	b.Run("SELECT_cold", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			c := imapAt(b, service(b, fullLab(b), server.MX1, "imap").Real.String())
			b.StartTimer()
			c.ok("SELECT INBOX")
		}
	})
	c := imapAt(b, service(b, fullLab(b), server.MX1, "imap").Real.String())
	if answer := c.ok("SELECT INBOX"); !strings.Contains(answer, fmt.Sprintf("* %d EXISTS", manyLetters)) {
		b.Fatal(answer)
	}
	for _, command := range imapWork() {
		b.Run(strings.ReplaceAll(command, " ", "_"), func(b *testing.B) {
			for b.Loop() {
				c.ok(command)
			}
		})
	}
}
