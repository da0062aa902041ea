package lessons_test

import (
	"strings"
	"testing"

	"surel/lessons"
)

// enters types lines one after the other and holds what was said after each.
// What was said before the first is given by begins.
func enters(t *testing.T, id, begins string, steps [][2]string) {
	t.Helper()
	r, enter := typing(t, id)
	want := begins
	for _, step := range steps {
		enter(step[0])
		want = strings.TrimSpace(want + " " + step[1])
		if got := said(t, r); got != want {
			t.Fatalf("after %q: %s,\nwant %s", step[0], got, want)
		}
	}
}

// TestTypePOP3 waits for the status line and for the lines behind it.
func TestTypePOP3(t *testing.T) {
	t.Parallel()
	enters(t, "pop3/top", "<+OK", [][2]string{
		{"CAPA\r\n", "CAPA <+OK <listing"},
		{"USER guru@sekolah.test\r\n", "USER <+OK"},
		{"PASS wrong\r\n", "PASS <-ERR"},
		{"AUTH PLAIN\r\n", "AUTH <+"},
		{"AGd1cnVAc2Vrb2xhaC50ZXN0AHJhaGFzaWEy\r\n", "response <+OK"},
		{"LIST\r\n", "LIST <+OK <listing"},
		{"LIST 1\r\n", "LIST <+OK"},
		{"UIDL\r\nUIDL 1\r\nRETR 1\r\n", "UIDL UIDL RETR <+OK <listing <+OK <+OK <content"},
		{"RETR 9\r\n", "RETR <-ERR"},
		{"TOP 2 0\r\n", "TOP <+OK <content"},
		{"NOSUCH\r\n", "NOSUCH <-ERR"},
		{"QUIT\r\n", "QUIT <+OK"},
	})
}

func TestTypeSTLS(t *testing.T) {
	t.Parallel()
	r, enter := typing(t, "pop3/stls")
	enter("STLS\r\n")
	enter("USER guru@sekolah.test\r\n")
	enter("PASS rahasia2\r\n")
	enter("RETR 1\r\n")
	if got, want := len(r.Plain().Conns()), 2; got != want {
		t.Errorf("%d connections in the clear, want %d", got, want)
	}
}

// TestTypeIMAP waits for the tagged response, or for a continuation.
func TestTypeIMAP(t *testing.T) {
	t.Parallel()
	enters(t, "imap/literals", "<OK", [][2]string{
		{"a CAPABILITY\r\n", "CAPABILITY <CAPABILITY <OK"},
		{"b LOGIN {17}\r\n", "LOGIN <+"},
		{"guru@sekolah.te", ""}, // in the midst of a literal nothing is owed
		{"st {8+}\r\nrahasia2\r\n", "LOGIN (continued) <OK"},
		{"c STATUS INBOX (MESSAGES)\r\n", "STATUS <STATUS <OK"},
		{"d FETCH 1 FLAGS\r\n", "FETCH <BAD"},
		{"e EXAMINE Sent\r\nf NOOP\r\n", "EXAMINE NOOP <EXISTS <RECENT <OK <OK <FLAGS <OK <OK <OK"},
		{"g IDLE\r\n", "IDLE <+"},
		{"DONE\r\n", "DONE <OK"},
		{"h NOSUCH\r\n", "NOSUCH <BAD"},
		{"i LOGOUT\r\n", "LOGOUT <BYE <OK"},
	})
}

func TestTypeAuthenticate(t *testing.T) {
	t.Parallel()
	enters(t, "imap/log-in", "<OK", [][2]string{
		{"a AUTHENTICATE PLAIN\r\n", "AUTHENTICATE <+"},
		{"AGd1cnVAc2Vrb2xhaC50ZXN0AHJhaGFzaWEy\r\n", "response <OK"},
		{"b NOOP\r\n", "NOOP <OK"},
	})
}

// TestTypeWithoutTag types a line that is no command: the server has no tag to
// answer with (RFC 9051 §7.1.3).
func TestTypeWithoutTag(t *testing.T) {
	t.Parallel()
	lab := newFakeLab(t, dialogue("* OK a\r\n", "* BAD no tag\r\n", "a OK b\r\n"))
	r := lessons.NewRunner(lab, imapScenario(t, imapGreet))
	defer r.Close()
	for _, line := range []string{"halo\r\n", "a NOOP\r\n"} {
		if err := r.Type(t.Context(), []byte(line)); err != nil {
			t.Fatalf("type %q: %v", line, err)
		}
	}
	if got, want := said(t, r), "<OK unknown <BAD NOOP <OK"; got != want {
		t.Errorf("said %s, want %s", got, want)
	}
}
