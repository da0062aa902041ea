package pop3_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"surel/server/tap"
)

// TestEveryCommandInEveryState says each command before and after the login.
func TestEveryCommandInEveryState(t *testing.T) {
	t.Parallel()
	tests := []struct{ line, before, after string }{
		{"USER siswa", "+OK", "-ERR You are logged in"},
		{"PASS rahasia", "-ERR Send USER", "-ERR You are logged in"},
		{"APOP siswa 0", "-ERR [AUTH]", "-ERR You are logged in"},
		{"AUTH PLAIN AHNpc3dhAHNhbGFo", "-ERR [AUTH]", "-ERR You are logged in"},
		{"UTF8", "+OK", "-ERR You are logged in"},
		{"STLS", "+OK", "-ERR You are logged in"},
		{"STAT", "-ERR Log in", "+OK 2 67"},
		{"LIST 2", "-ERR Log in", "+OK 2 38"},
		{"LIST 3", "-ERR Log in", "-ERR No such message"},
		{"LIST 0", "-ERR Log in", "-ERR A message-number"},
		{"LIST -1", "-ERR Log in", "-ERR A message-number"},
		{"LIST 99999999999999999999", "-ERR Log in", "-ERR A message-number"},
		{"UIDL 1", "-ERR Log in", "+OK 1 uida"},
		{"UIDL x", "-ERR Log in", "-ERR A message-number"},
		{"RETR 3", "-ERR Log in", "-ERR No such message"},
		{"RETR", "-ERR Log in", "-ERR This command needs"},
		{"TOP 1", "-ERR Log in", "-ERR TOP needs"},
		{"TOP 1 -1", "-ERR Log in", "-ERR TOP needs"},
		{"TOP 9 1", "-ERR Log in", "-ERR No such message"},
		{"DELE 2", "-ERR Log in", "+OK"},
		{"RSET", "-ERR Log in", "+OK 2 messages"},
		{"RSET 1", "-ERR Log in", "-ERR This command takes no"},
		{"NOOP", "-ERR Log in", "+OK"},
		{"noop", "-ERR Log in", "+OK"},
		{"QUIT", "+OK", "+OK"},
		{"SURAT", "-ERR Unknown command", "-ERR Unknown command"},
		{"", "-ERR Unknown command", "-ERR Unknown command"},
	}
	for _, tt := range tests {
		t.Run(tt.line, func(t *testing.T) {
			t.Parallel()
			start(t, two(), tap.Options{}).client(t).say(tt.line, tt.before)
			start(t, two(), tap.Options{}).client(t).login().say(tt.line, tt.after)
		})
	}
}

func TestListings(t *testing.T) {
	t.Parallel()
	c := start(t, two(), tap.Options{}).client(t).login()
	c.say("DELE 1", "+OK")
	for _, again := range []string{"DELE 1", "RETR 1", "LIST 1", "UIDL 1", "TOP 1 0"} {
		c.say(again, "-ERR Message is deleted")
	}
	c.say("STAT", "+OK 1 38")
	if got := c.many("LIST"); got != "2 38\r\n" {
		t.Errorf("LIST says %q", got)
	}
	if got := c.many("UIDL"); got != "2 uidb\r\n" {
		t.Errorf("UIDL says %q", got)
	}
	c.say("RSET", "+OK 2 messages (67 octets)")
	if got := c.many("LIST"); got != "1 29\r\n2 38\r\n" {
		t.Errorf("LIST says %q", got)
	}
}

// TestLetters sends letters as they cross the wire: every line ends with CR LF
// and no line in a letter is a dot.
func TestLetters(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 200_000)
	letters := map[string]struct{ letter, wire string }{
		"plain":           {first, first},
		"dots":            {second, "Subject: Dua\r\n\r\n..titik\r\n...\r\n..\r\nakhir\r\n"},
		"empty":           {"", ""},
		"dot first":       {".", "..\r\n"},
		"bare LF":         {"a: b\n\n.\nc\n", "a: b\r\n\r\n..\r\nc\r\n"},
		"no end":          {"a: b\r\n\r\nc", "a: b\r\n\r\nc\r\n"},
		"bare CR":         {"a: b\r\n\r\nc\r.\rd\r", "a: b\r\n\r\nc\r.\rd\r\r\n"},
		"NUL and 8 bits":  {"a: b\r\n\r\n\x00\xff\r\n", "a: b\r\n\r\n\x00\xff\r\n"},
		"long line":       {"a: b\r\n\r\n" + long + "\r\n." + long + "\r\n", "a: b\r\n\r\n" + long + "\r\n.." + long + "\r\n"},
		"long header":     {"a: " + long + "\r\n\r\nb\r\n", "a: " + long + "\r\n\r\nb\r\n"},
		"CR LF at a seam": {strings.Repeat("a", 64<<10-1) + "\r\n.\r\n", strings.Repeat("a", 64<<10-1) + "\r\n..\r\n"},
	}
	for name, l := range letters {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := start(t, &box{letters: []string{l.letter}}, tap.Options{}).client(t).login()
			if got := c.many("RETR 1"); got != l.wire {
				t.Errorf("got %.200q, want %.200q", got, l.wire)
			}
			if got := c.many("TOP 1 1000"); got != l.wire {
				t.Errorf("TOP: got %.200q, want %.200q", got, l.wire)
			}
			unstuffed := strings.TrimPrefix(strings.ReplaceAll("\r\n"+l.wire, "\r\n.", "\r\n"), "\r\n")
			c.say("STAT", "+OK 1 "+strconv.Itoa(len(unstuffed)))
			c.say("NOOP", "+OK")
		})
	}
}

func TestTop(t *testing.T) {
	t.Parallel()
	c := start(t, two(), tap.Options{}).client(t).login()
	for lines, want := range map[string]string{
		"0": "Subject: Dua\r\n\r\n",
		"1": "Subject: Dua\r\n\r\n..titik\r\n",
		"3": "Subject: Dua\r\n\r\n..titik\r\n...\r\n..\r\n",
	} {
		if got := c.many("TOP 2 " + lines); got != want {
			t.Errorf("TOP 2 %s: got %q, want %q", lines, got, want)
		}
	}
}

// TestUTF8 keeps back headers that are no ASCII from who has not asked for
// them.
func TestUTF8(t *testing.T) {
	t.Parallel()
	const letter = "Subject: Téh\r\n\r\nAda.\r\n"
	w := start(t, &box{letters: []string{letter}}, tap.Options{})
	c := w.client(t).login()
	c.say("RETR 1", "-ERR [UTF8]")
	c.say("TOP 1 0", "-ERR [UTF8]")
	c.say("QUIT", "+OK")
	c.ended()
	c = w.client(t)
	c.say("UTF8", "+OK")
	c.say("STLS", "-ERR")
	if got := c.login().many("RETR 1"); got != letter {
		t.Errorf("got %q", got)
	}
}

func TestCapa(t *testing.T) {
	t.Parallel()
	w := start(t, two(), tap.Options{})
	c := w.client(t)
	const both = "UTF8\r\nRESP-CODES\r\nAUTH-RESP-CODE\r\nPIPELINING\r\nEXPIRE NEVER\r\nIMPLEMENTATION surel\r\n"
	const logins = "TOP\r\nUIDL\r\nUSER\r\nSASL PLAIN LOGIN CRAM-MD5\r\n"
	if got := c.many("CAPA"); got != logins+"STLS\r\n"+both {
		t.Errorf("before the login: %q", got)
	}
	if got := c.login().many("CAPA"); got != logins+both {
		t.Errorf("after the login: %q", got)
	}
}

// TestUpdate deletes at QUIT and only then.
func TestUpdate(t *testing.T) {
	t.Parallel()
	w := start(t, two(), tap.Options{})
	c := w.client(t).login()
	c.say("DELE 1", "+OK")
	if got := w.box.left(); len(got) != 2 {
		t.Errorf("DELE alone left %q", got)
	}
	c.say("QUIT", "+OK 1 messages deleted, 1 left")
	c.ended()
	if got := w.box.left(); len(got) != 1 || got[0] != second {
		t.Errorf("QUIT left %q", got)
	}
}

func TestUpdateFails(t *testing.T) {
	t.Parallel()
	b := two()
	b.fails = errors.New("disk is broken")
	c := start(t, b, tap.Options{}).client(t).login()
	c.say("DELE 1", "+OK")
	c.say("QUIT", "-ERR [SYS/TEMP]")
	c.ended()
}

// TestGone reads a letter that somebody has deleted in between.
func TestGone(t *testing.T) {
	t.Parallel()
	w := start(t, two(), tap.Options{})
	c := w.client(t).login()
	w.box.mu.Lock()
	w.box.letters = w.box.letters[1:]
	w.box.mu.Unlock()
	c.say("RETR 1", "-ERR Message is gone")
	c.say("STAT", "+OK 2 67")
	c.say("DELE 1", "+OK")
	c.say("QUIT", "+OK")
}

func TestPipelined(t *testing.T) {
	t.Parallel()
	w := start(t, two(), tap.Options{})
	c := w.client(t)
	c.raw("USER siswa\r\nPASS rahasia\r\nSTAT\r\nRETR 2\r\nDELE 2\r\nQUIT\r\n")
	want := "+OK Send the password\r\n+OK 2 messages (67 octets)\r\n+OK 2 67\r\n+OK 38 octets\r\n" +
		"Subject: Dua\r\n\r\n..titik\r\n...\r\n..\r\nakhir\r\n.\r\n" +
		"+OK Message 2 will be deleted at QUIT\r\n+OK 1 messages deleted, 1 left, bye bye\r\n"
	if got := c.ended(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
