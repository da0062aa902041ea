package lessons_test

import (
	"errors"
	"strings"
	"testing"

	"surel/lessons"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// typing gives a runner on a real lab and a function that types a line.
func typing(t *testing.T, id string) (*lessons.Runner, func(line string)) {
	t.Helper()
	s, ok := lessons.Find(id)
	if !ok {
		t.Fatalf("%s is missing", id)
	}
	r := lessons.NewRunner(startLab(t), s)
	t.Cleanup(r.Close)
	return r, func(line string) {
		t.Helper()
		if err := r.Type(t.Context(), []byte(line)); err != nil {
			t.Fatalf("type %q: %v", line, err)
		}
	}
}

// said gives the names of what was said in the clear on the newest connection,
// "<" before what came from the server.
func said(t *testing.T, r *lessons.Runner) string {
	t.Helper()
	conns := r.Plain().Conns()
	var names []string
	for _, m := range decode(t, r.Plain(), conns[len(conns)-1].ID) {
		names = append(names, arrow(m)+m.Name)
	}
	return strings.Join(names, " ")
}

func arrow(m message.Message) string {
	if m.Dir == wire.ServerToClient {
		return "<"
	}
	return ""
}

func TestTypeLetter(t *testing.T) {
	t.Parallel()
	r, enter := typing(t, "smtp/one-letter")
	for _, c := range []struct{ line, said string }{
		{"EHLO laptop.kampus.test\r\n", "<220 EHLO <250"},
		{"MAIL FR", "<220 EHLO <250"}, // no line yet, so no reply is owed
		{"OM:<siswa@kampus.test>\r\n", "<220 EHLO <250 MAIL <250"},
		{"RCPT TO:<tidak.ada@sekolah.test>\r\n", "<220 EHLO <250 MAIL <250 RCPT <550"},
		{"RCPT TO:<guru@sekolah.test>\r\n", "<220 EHLO <250 MAIL <250 RCPT <550 RCPT <250"},
		{"DATA\r\n", "<220 EHLO <250 MAIL <250 RCPT <550 RCPT <250 DATA <354"},
		{"Subject: a\r\n\r\n", "<220 EHLO <250 MAIL <250 RCPT <550 RCPT <250 DATA <354"},
		{".\r\n", "<220 EHLO <250 MAIL <250 RCPT <550 RCPT <250 DATA <354 content <250"},
	} {
		enter(c.line)
		if got := said(t, r); got != c.said {
			t.Errorf("after %q: %s, want %s", c.line, got, c.said)
		}
	}
	if a, ok := r.Upcoming(); !ok || a.Kind != lessons.Send {
		t.Errorf("the script is at %v; its open has been carried out", a)
	}
}

func TestTypeAfterTheEnd(t *testing.T) {
	t.Parallel()
	r, enter := typing(t, "smtp/one-letter")
	enter("QUIT\r\n")
	if err := r.Type(t.Context(), []byte("NOOP\r\n")); !errors.Is(err, lessons.ErrClosed) {
		t.Errorf("got %v, want %v", err, lessons.ErrClosed)
	}
	if err := r.Reconnect(t.Context()); err != nil {
		t.Fatal(err)
	}
	enter("NOOP\r\n")
	if got, want := said(t, r), "<220 NOOP <250"; got != want {
		t.Errorf("said %s, want %s", got, want)
	}
	if n := len(r.Conns()); n != 2 {
		t.Errorf("%d connections in the lab's log, want 2", n)
	}
}

func TestTypeStartTLS(t *testing.T) {
	t.Parallel()
	r, enter := typing(t, "smtp/submission")
	enter("EHLO laptop.kampus.test\r\n")
	enter("STARTTLS\r\n")
	enter("EHLO laptop.kampus.test\r\n")
	enter("AUTH LOGIN\r\n")
	enter("c2lzd2FAa2FtcHVzLnRlc3Q=\r\n")
	enter("cmFoYXNpYQ==\r\n")
	if got, want := said(t, r), "EHLO <250 AUTH <334 response <334 response <235"; got != want {
		t.Errorf("inside TLS: %s, want %s", got, want)
	}
	if n := len(r.Conns()); n != 1 {
		t.Errorf("%d connections in the lab's log, want 1", n)
	}
}

func TestTypeSubmissions(t *testing.T) {
	t.Parallel()
	r, enter := typing(t, "smtp/submissions")
	enter("EHLO laptop.kampus.test\r\n")
	if got, want := said(t, r), "<220 EHLO <250"; got != want {
		t.Errorf("inside TLS: %s, want %s", got, want)
	}
}

// TestTypeChunks types a BDAT command and its chunk apart.
func TestTypeChunks(t *testing.T) {
	t.Parallel()
	r, enter := typing(t, "smtp/chunking")
	enter("EHLO laptop.kampus.test\r\nMAIL FROM:<siswa@kampus.test>\r\nRCPT TO:<guru@sekolah.test>\r\n")
	enter("BDAT 5\r\n")
	enter("a: b\n")
	enter("BDAT 0 LAST\r\n")
	if got, want := said(t, r), "BDAT chunk <250 BDAT <250"; !strings.HasSuffix(got, want) {
		t.Errorf("%s does not end in %s", got, want)
	}
}

// TestTypeThenNext goes on with the script after a line of one's own.
func TestTypeThenNext(t *testing.T) {
	t.Parallel()
	r, enter := typing(t, "smtp/one-letter")
	enter("NOOP\r\n")
	for !r.Done() {
		if err := r.Next(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}
