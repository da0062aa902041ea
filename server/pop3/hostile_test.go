package pop3_test

import (
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"surel/server/pop3"
	"surel/server/tap"
)

func TestBadLines(t *testing.T) {
	t.Parallel()
	tests := map[string][][2]string{
		"NUL":        {{"NO\x00OP", "-ERR Line holds"}, {"USER siswa", "+OK"}},
		"8-bit":      {{"USER \xff\xfe", "-ERR Line holds"}},
		"escape":     {{"\x1b]0;judul\x07", "-ERR Line holds"}},
		"bare CR":    {{"USER a\rUSER b", "-ERR Line holds"}},
		"longest":    {{"USER " + strings.Repeat("a", pop3.MaxLine-7), "+OK"}},
		"too long":   {{"USER " + strings.Repeat("a", pop3.MaxLine-6), "-ERR Line too long"}, {"USER siswa", "+OK"}},
		"very long":  {{strings.Repeat("a", 60_000), "-ERR Line too long"}, {"USER siswa", "+OK"}},
		"two blanks": {{"USER siswa", "+OK"}, {"PASS  rahasia", "-ERR [AUTH]"}},
	}
	for name, dialogue := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := start(t, two(), tap.Options{}).client(t)
			for _, step := range dialogue {
				c.say(step[0], step[1])
			}
		})
	}
}

// TestBareLF takes LF for the end of a line, as people's tools send it.
func TestBareLF(t *testing.T) {
	t.Parallel()
	c := start(t, two(), tap.Options{}).client(t)
	c.raw("USER siswa\nPASS rahasia\n")
	c.expect("+OK Send")
	c.expect("+OK 2 messages")
}

// TestEndlessLine cuts a line off before it can fill the memory.
func TestEndlessLine(t *testing.T) {
	t.Parallel()
	c := start(t, two(), tap.Options{}).client(t)
	c.raw(strings.Repeat("x", 100_000))
	c.expect("-ERR Line too long")
	c.ended()
}

func TestTooManyMistakes(t *testing.T) {
	t.Parallel()
	c := start(t, two(), tap.Options{}).client(t)
	for range pop3.MaxMistakes {
		c.say("SALAH", "-ERR Unknown command")
	}
	c.expect("-ERR Too many mistakes")
	c.ended()
}

// TestFlood answers each of many commands that come at once.
func TestFlood(t *testing.T) {
	t.Parallel()
	c := start(t, two(), tap.Options{}).client(t).login()
	const n = 20_000
	go func() { _, _ = io.WriteString(c.conn, strings.Repeat("NOOP\r\n", n)+"QUIT\r\n") }()
	if got := strings.Count(c.ended(), "+OK"); got != n+1 {
		t.Errorf("got %d answers, want %d", got, n+1)
	}
}

// TestSilence ends connections that say nothing, without a word and without
// the UPDATE state (RFC 1939 §3), and frees the mailbox.
func TestSilence(t *testing.T) {
	t.Parallel()
	for name, last := range map[string]string{
		"no command": "", "half a command": "QUI", "half a response": "AUTH PLAIN\r\nAHNp",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := start(t, two(), tap.Options{Idle: 50 * time.Millisecond}).client(t)
			c.raw(last)
			if rest := c.ended(); strings.TrimPrefix(rest, "+ \r\n") != "" {
				t.Errorf("the server said %q", rest)
			}
		})
	}
	t.Run("after DELE", func(t *testing.T) {
		t.Parallel()
		w := start(t, two(), tap.Options{Idle: 200 * time.Millisecond})
		c := w.client(t).login()
		c.say("DELE 1", "+OK")
		c.raw("QUIT") // not a command before its end of line
		if rest := c.ended(); rest != "" {
			t.Errorf("the server said %q", rest)
		}
		w.client(t).login().say("STAT", "+OK 2 67")
	})
	t.Run("no handshake", func(t *testing.T) {
		t.Parallel()
		w := start(t, two(), tap.Options{Idle: 50 * time.Millisecond})
		over(t, w.dial(t, "995")).ended()
	})
}

// TestVanishInRETR frees the mailbox of a client that stops to read.
func TestVanishInRETR(t *testing.T) {
	t.Parallel()
	b := &box{letters: []string{"Subject: x\r\n\r\n" + strings.Repeat("Panjang sekali surat ini.\r\n", 1<<20)}}
	w := start(t, b, tap.Options{Idle: 500 * time.Millisecond})
	for _, leave := range []func(c *client){
		func(c *client) { _ = c.conn.Close() },
		func(c *client) { // reads no more
			if err := c.conn.(*net.TCPConn).SetReadBuffer(4 << 10); err != nil {
				t.Error(err)
			}
		},
	} {
		c := w.client(t).login()
		c.say("DELE 1", "+OK")
		c.say("RSET", "+OK")
		c.say("RETR 1", "+OK")
		leave(c)
		for other := w.client(t); ; {
			other.say("USER siswa", "+OK")
			if strings.HasPrefix(other.say("PASS rahasia", ""), "+OK") {
				other.say("STAT", "+OK 1 ")
				other.say("QUIT", "+OK")
				other.ended()
				break
			}
		}
	}
}

// TestUnreadable ends the connection rather than make half a letter look
// whole.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	b := two()
	b.open = func(l string) io.Reader {
		return io.MultiReader(strings.NewReader(l), iotest.ErrReader(errors.New("disk is broken")))
	}
	for _, line := range []string{"RETR 1", "TOP 1 100"} {
		w := start(t, b, tap.Options{})
		c := w.client(t).login()
		c.say(line, "+OK")
		if rest := c.ended(); strings.HasSuffix(rest, "\r\n.\r\n") {
			t.Errorf("%s ends half a letter: %q", line, rest)
		}
	}
}

// TestManyIdle serves others while 200 connections say nothing.
func TestManyIdle(t *testing.T) {
	t.Parallel()
	w := start(t, two(), tap.Options{})
	for range 200 {
		w.client(t)
	}
	w.client(t).login().say("STAT", "+OK 2 67")
}
