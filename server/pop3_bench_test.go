package server_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"surel/server"
)

// manyLetters is how many the large mailbox holds.
const manyLetters = 10_000

// fillMaildir writes letters of 2 KiB as other programs' files.
func fillMaildir(b *testing.B, dir string) {
	b.Helper()
	for _, sub := range []string{"tmp", "new", "cur"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
			b.Fatal(err)
		}
	}
	for i := range manyLetters {
		text := fmt.Sprintf("Subject: uji %d\r\n\r\n", i) + strings.Repeat(strings.Repeat("a", 62)+"\r\n", letterSize/64)
		name := filepath.Join(dir, "new", fmt.Sprintf("1753000000.M%06dP1.uji", i))
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
	}
}

// pop3Talk is a POP3 client for measuring.
type pop3Talk struct {
	b    *testing.B
	conn net.Conn
	r    *bufio.Reader
}

func talkPOP3(b *testing.B, addr, user, password string) *pop3Talk {
	b.Helper()
	var d net.Dialer
	conn, err := d.DialContext(b.Context(), "tcp", addr)
	if err != nil {
		b.Fatal(err)
	}
	t := &pop3Talk{b: b, conn: conn, r: bufio.NewReaderSize(conn, 64<<10)}
	t.say("", false)
	t.say("USER "+user+"\r\n", false)
	t.say("PASS "+password+"\r\n", false)
	return t
}

// say sends a command and reads its reply, to the dot where it has many lines.
func (t *pop3Talk) say(command string, many bool) {
	t.b.Helper()
	if _, err := io.WriteString(t.conn, command); err != nil {
		t.b.Fatal(err)
	}
	for first := true; first || many; first = false {
		line, err := t.r.ReadSlice('\n')
		if err != nil || first && !strings.HasPrefix(string(line), "+OK") {
			t.b.Fatalf("after %q: %q, %v", command, line, err)
		}
		if string(line) == ".\r\n" {
			return
		}
	}
}

func (t *pop3Talk) quit() {
	t.b.Helper()
	t.say("QUIT\r\n", false)
	_ = t.conn.Close()
}

// benchPOP3 measures a server that serves the Maildir of 10,000 letters.
func benchPOP3(b *testing.B, addr, user, password string) {
	b.Run("stat-uidl", func(b *testing.B) {
		t := talkPOP3(b, addr, user, password)
		for b.Loop() {
			t.say("STAT\r\n", false)
			t.say("UIDL\r\n", true)
		}
		t.quit()
	})
	b.Run("session", func(b *testing.B) { // from the connection to QUIT
		for b.Loop() {
			t := talkPOP3(b, addr, user, password)
			t.say("STAT\r\n", false)
			t.say("UIDL\r\n", true)
			t.quit()
		}
	})
	b.Run("retr", func(b *testing.B) {
		t := talkPOP3(b, addr, user, password)
		n := 0
		for b.Loop() {
			n = n%manyLetters + 1
			t.say(fmt.Sprintf("RETR %d\r\n", n), true)
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "letters/s")
		t.quit()
	})
}

// BenchmarkPOP3 is how fast a mailbox of 10,000 letters is looked through.
func BenchmarkPOP3(b *testing.B) {
	dir := b.TempDir()
	fillMaildir(b, filepath.Join(dir, "mail", "sekolah.test", "guru"))
	lab := startLab(b, server.Config{Dir: dir})
	benchPOP3(b, service(b, lab, server.MX1, "pop3").Real.String(), server.Teacher, "rahasia2")
}
