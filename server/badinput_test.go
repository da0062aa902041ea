package server_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"surel/server"
)

// TestSmuggling ends no letter by anything but CR LF dot CR LF, so no second
// letter can hide in a first (CVE-2023-51764).
func TestSmuggling(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	endings := map[string]string{
		"LF dot LF":          "\n.\n",
		"LF dot CRLF":        "\n.\r\n",
		"CRLF dot LF":        "\r\n.\n",
		"CR dot CR":          "\r.\r",
		"CR dot CRLF":        "\r.\r\n",
		"CRLF dot CR":        "\r\n.\r",
		"LF dot CR":          "\n.\r",
		"CR dot LF":          "\r.\n",
		"CRLF NUL dot CRLF":  "\r\n\x00.\r\n",
		"CRLF dot NUL CRLF":  "\r\n.\x00\r\n",
		"CRLF dot CR CRLF":   "\r\n.\r\r\n",
		"CRLF dot dot CR LF": "\r\n..\r\n",
	}
	const smuggled = "MAIL FROM:<rektor@kampus.test>\r\nRCPT TO:<guru@sekolah.test>\r\nDATA\r\nSubject: Palsu\r\n\r\nPalsu\r\n"
	for name, ending := range endings {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := greeted(t, lab, server.MX1+":25")
			c.send("siswa@kampus.test", server.Teacher, "Subject: "+name+"\r\n\r\nAsli"+ending+smuggled)
			c.say("NOOP", "250 ")
		})
	}
	t.Run("through the relay", func(t *testing.T) {
		t.Parallel()
		for name, ending := range endings {
			submissions(t, lab).login().send("siswa@kampus.test", server.Teacher,
				"Subject: relay "+name+"\r\n\r\nAsli"+ending+smuggled)
		}
	})
	t.Cleanup(func() {
		waitFor(t, lab, func() bool { return len(letters(t, lab, server.Teacher)) >= 2*len(endings) })
		for _, l := range letters(t, lab, server.Teacher) {
			if !strings.Contains(l, "Asli") || !strings.Contains(l, "Palsu") {
				t.Errorf("a letter was split: %q", l)
			}
		}
	})
}

// waitFor waits until something holds, looking whenever the log grows.
func waitFor(tb testing.TB, lab *server.Lab, holds func() bool) {
	tb.Helper()
	f := lab.Log().Follow()
	defer f.Stop()
	timeout := time.After(20 * time.Second)
	for !holds() {
		select {
		case <-f.C:
		case <-timeout:
			tb.Fatal("what the test waits for did not come")
		}
	}
}

// TestBareLineEndings keeps a letter as it was sent, whatever its line ends.
func TestBareLineEndings(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	const text = "Subject: a\nb\r\n\r\nc\rd\ne\x00f\x80\xff\r\n"
	greeted(t, lab, server.MX1+":25").send("siswa@kampus.test", server.Teacher, text)
	if got := letters(t, lab, server.Teacher); len(got) != 1 || body(t, got[0]) != text {
		t.Errorf("got letters %q, want one with %q", got, text)
	}
}

func TestLongLines(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	long := strings.Repeat("a", 3000)

	c := dial(t, lab, server.MX1+":25")
	c.say("EHLO "+long, "500 5.4.0 ")
	c.ended()

	c = greeted(t, lab, server.MX1+":25")
	c.envelope("siswa@kampus.test", server.Teacher)
	c.raw("Subject: x\r\n\r\n" + long + "\r\n.\r\n")
	c.expect("500 5.5.2 Line too long")
	c.ended()

	// A line without an end is cut off before it can fill the memory.
	c = dial(t, lab, server.MX1+":25")
	c.raw(strings.Repeat("x", 100_000))
	c.expect("500 5.4.0 ")
	c.ended()

	if got := letters(t, lab, server.Teacher); len(got) != 0 {
		t.Errorf("got %d letters, want none", len(got))
	}
}

func TestBadCommands(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	tests := map[string][][2]string{
		"NUL":            {{"NO\x00OP", "501 5.5.2 "}},
		"8-bit":          {{"\xff\xfe\xfd\xfc", "500 5.5.2 "}},
		"escape":         {{"\x1b]0;judul\x07", "501 5.5.2 "}},
		"empty":          {{"", "500 5.5.2 "}},
		"short":          {{"HI", "501 5.5.2 "}},
		"unknown":        {{"SURAT", "501 5.5.2 "}},
		"bare LF":        {{"NOOP\nNOOP", "250 "}},
		"no greeting":    {{"MAIL FROM:<a@b.test>", "502 5.5.1 "}},
		"RCPT first":     {{"EHLO x", "250"}, {"RCPT TO:<guru@sekolah.test>", "502 5.5.1 "}},
		"DATA first":     {{"EHLO x", "250"}, {"DATA", "502 5.5.1 "}},
		"nested MAIL":    {{"EHLO x", "250"}, {"MAIL FROM:<a@b.test>", "250 "}, {"MAIL FROM:<a@b.test>", "503 5.5.1 "}, {"RSET", "250 "}, {"MAIL FROM:<a@b.test>", "250 "}},
		"parameter":      {{"EHLO x", "250"}, {"MAIL FROM:<a@b.test> WARNA=biru", "500 5.5.4 "}},
		"too many wrong": {{"SALA", "500"}, {"SALA", "500"}, {"SALA", "500"}, {"SALA", "500"}, {"", "500 5.5.1 Too many"}},
	}
	for name, dialogue := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := dial(t, lab, server.MX1+":25")
			for _, step := range dialogue {
				if name == "too many wrong" && step[0] == "" {
					c.expect(step[1])
					c.ended()
					return
				}
				c.say(step[0], step[1])
			}
		})
	}
}

// TestSilence ends connections that say nothing, wherever they stop.
func TestSilence(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{Idle: 50 * time.Millisecond})
	t.Run("half a command", func(t *testing.T) {
		t.Parallel()
		c := dial(t, lab, server.MX1+":25")
		c.raw("EHLO lap")
		c.expect("250-Hello lap") // go-smtp takes what has come for a command
		c.expect("421 4.4.2 ")
		c.ended()
	})
	t.Run("no command", func(t *testing.T) {
		t.Parallel()
		c := dial(t, lab, server.MX1+":25")
		c.expect("421 4.4.2 ")
		c.ended()
	})
	t.Run("half a letter", func(t *testing.T) {
		t.Parallel()
		c := greeted(t, lab, server.MX1+":25")
		c.envelope("siswa@kampus.test", server.Teacher)
		c.raw("Subject: setengah\r\n\r\nBelum sel")
		c.expect("421 4.4.2 ")
		if rest := c.ended(); rest != "" {
			t.Errorf("after 421 the server said %q", rest)
		}
	})
	t.Run("half a chunk", func(t *testing.T) {
		t.Parallel()
		c := greeted(t, lab, server.MX1+":25")
		c.say("MAIL FROM:<siswa@kampus.test>", "250 ")
		c.say("RCPT TO:<"+server.Teacher+">", "250 ")
		c.raw("BDAT 100 LAST\r\nSubject: setengah")
		c.ended()
	})
	t.Run("no handshake", func(t *testing.T) {
		t.Parallel()
		conn, err := lab.Dial(t.Context(), server.Laptop, server.Kampus+":465")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		over(t, conn).ended()
	})
	t.Cleanup(func() {
		if got := letters(t, lab, server.Teacher); len(got) != 0 {
			t.Errorf("got %d letters, want none", len(got))
		}
	})
}

// TestSlowLetter takes a letter that comes in small pieces for longer than a
// connection may be silent.
func TestSlowLetter(t *testing.T) {
	t.Parallel()
	const idle = 500 * time.Millisecond
	lab := startLab(t, server.Config{Idle: idle})
	c := greeted(t, lab, server.MX1+":25")
	c.envelope("siswa@kampus.test", server.Teacher)
	c.raw("Subject: pelan\r\n\r\n")
	tick := time.NewTicker(idle / 10)
	defer tick.Stop()
	for begin := time.Now(); time.Since(begin) < 3*idle/2; <-tick.C {
		c.raw("..pelan\r\n")
	}
	c.raw(".\r\n")
	c.expect("250 ")
}

// TestVanish stores nothing of a letter whose sender goes away within it.
func TestVanish(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	vanish := map[string]func(c *client){
		"in DATA": func(c *client) {
			c.say("DATA", "354 ")
			c.raw("Subject: hilang\r\n\r\nAku har")
		},
		"before the dot": func(c *client) {
			c.say("DATA", "354 ")
			c.raw(hello)
		},
		"between dot and LF": func(c *client) {
			c.say("DATA", "354 ")
			c.raw(hello + ".\r")
		},
		"in BDAT": func(c *client) { c.raw("BDAT 1000\r\nSubject: hilang") },
		"in the last BDAT": func(c *client) {
			c.raw("BDAT 1000 LAST\r\nSubject: hilang")
		},
		"between two BDAT": func(c *client) { c.raw("BDAT 4\r\nSubj") },
	}
	for name, leave := range vanish {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := greeted(t, lab, server.MX1+":25")
			c.say("MAIL FROM:<siswa@kampus.test>", "250 ")
			c.say("RCPT TO:<"+server.Teacher+">", "250 ")
			leave(c)
			if err := c.conn.(*net.TCPConn).CloseWrite(); err != nil {
				t.Fatal(err)
			}
			if rest := c.ended(); strings.Contains(rest, "OK: queued") {
				t.Errorf("half a letter was accepted: %q", rest)
			}
		})
	}
	t.Cleanup(func() {
		if got := letters(t, lab, server.Teacher); len(got) != 0 {
			t.Errorf("got letters %q, want none", got)
		}
		left, err := os.ReadDir(filepath.Join(lab.Dir(), "mail", "sekolah.test", "guru", "tmp"))
		if err != nil || len(left) != 0 {
			t.Errorf("tmp holds %v (%v), want nothing", left, err)
		}
	})
}

// TestManyIdle serves others while 200 connections say nothing.
func TestManyIdle(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	for range 200 {
		dial(t, lab, server.MX1+":25")
	}
	greeted(t, lab, server.MX1+":25").send("siswa@kampus.test", server.Teacher, hello)
}

// TestTooManyConnections tells who comes when no place is left, and takes the
// next one when there is.
func TestTooManyConnections(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{MaxConns: 2})
	first := dial(t, lab, server.MX1+":25")
	dial(t, lab, server.MX1+":25")
	conn, err := lab.Dial(t.Context(), server.Laptop, server.MX1+":25")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	c := over(t, conn)
	c.expect("421 4.7.0 ")
	c.ended()

	first.say("QUIT", "221 ")
	first.ended()
	dial(t, lab, server.MX1+":25")
	dial(t, lab, server.MX2+":25")
}

// TestCloseMidway closes a lab while clients are at every stage.
func TestCloseMidway(t *testing.T) {
	t.Parallel()
	lab, err := server.Start(context.Background(), server.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	dial(t, lab, server.MX1+":25")
	greeted(t, lab, server.MX1+":25").envelope("a@b.test", server.Teacher)
	c := greeted(t, lab, server.MX1+":25")
	c.say("MAIL FROM:<a@b.test>", "250 ")
	c.say("RCPT TO:<"+server.Teacher+">", "250 ")
	c.raw("BDAT 5\r\nabcde")
	c.expect("250 ")
	submissions(t, lab)
	if err := lab.Close(); err != nil {
		t.Error(err)
	}
	c.ended()
	if _, err := lab.Dial(context.Background(), server.Laptop, server.MX1+":25"); err == nil {
		t.Error("a closed lab still takes connections")
	}
}
