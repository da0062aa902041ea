package server_test

import (
	"bufio"
	"net"
	"strings"
	"testing"
	"time"

	"surel/server"
)

// startLab starts a lab on free ports that ends with the test.
func startLab(tb testing.TB, c server.Config) *server.Lab {
	tb.Helper()
	if c.Dir == "" {
		c.Dir = tb.TempDir()
	}
	lab, err := server.Start(tb.Context(), c)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := lab.Close(); err != nil {
			tb.Errorf("close the lab: %v", err)
		}
	})
	return lab
}

// client speaks to a server line by line.
type client struct {
	tb   testing.TB
	conn net.Conn
	r    *bufio.Reader
}

// dial connects from the laptop and reads the greeting.
func dial(tb testing.TB, lab *server.Lab, to string) *client {
	tb.Helper()
	conn, err := lab.Dial(tb.Context(), server.Laptop, to)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = conn.Close() })
	c := over(tb, conn)
	c.expect("220 ")
	return c
}

func over(tb testing.TB, conn net.Conn) *client {
	tb.Helper()
	if err := conn.SetDeadline(time.Now().Add(20*time.Second + *togetherFor)); err != nil {
		tb.Fatal(err)
	}
	return &client{tb: tb, conn: conn, r: bufio.NewReader(conn)}
}

// raw sends bytes as they are.
func (c *client) raw(s string) {
	c.tb.Helper()
	if _, err := c.conn.Write([]byte(s)); err != nil {
		c.tb.Fatalf("send %q: %v", s, err)
	}
}

// reply reads one reply with all its lines.
func (c *client) reply() string {
	c.tb.Helper()
	var all strings.Builder
	for {
		line, err := c.r.ReadString('\n')
		if err != nil {
			c.tb.Fatalf("read a reply after %q: %v", all.String(), err)
		}
		all.WriteString(line)
		if len(line) < 4 || line[3] != '-' {
			return strings.TrimSuffix(all.String(), "\r\n")
		}
	}
}

// expect reads a reply that begins with prefix.
func (c *client) expect(prefix string) string {
	c.tb.Helper()
	got := c.reply()
	if !strings.HasPrefix(got, prefix) {
		c.tb.Fatalf("got reply %q, want %q…", got, prefix)
	}
	return got
}

// say sends a line and reads the reply to it.
func (c *client) say(line, prefix string) string {
	c.tb.Helper()
	c.raw(line + "\r\n")
	return c.expect(prefix)
}

// ended reads to the end of the connection and gives what came before it.
func (c *client) ended() string {
	c.tb.Helper()
	var rest strings.Builder
	if _, err := c.r.WriteTo(&rest); err != nil && !strings.Contains(err.Error(), "reset") {
		c.tb.Fatalf("the connection did not end: %v", err)
	}
	return rest.String()
}

// envelope opens an envelope up to the 354 of DATA.
func (c *client) envelope(from, to string) {
	c.tb.Helper()
	c.say("MAIL FROM:<"+from+">", "250 ")
	c.say("RCPT TO:<"+to+">", "250 ")
	c.say("DATA", "354 ")
}

// send delivers a letter over a greeted connection.
func (c *client) send(from, to, text string) {
	c.tb.Helper()
	c.envelope(from, to)
	c.raw(text + ".\r\n")
	c.expect("250 ")
}

// letters gives an INBOX.
func letters(tb testing.TB, lab *server.Lab, address string) []string {
	tb.Helper()
	list, err := lab.Letters(address)
	if err != nil {
		tb.Fatal(err)
	}
	texts := make([]string, len(list))
	for i, b := range list {
		texts[i] = string(b)
	}
	return texts
}

// body cuts off the trace lines that the lab's servers have put on top.
func body(tb testing.TB, letter string) string {
	tb.Helper()
	rest, ok := strings.CutPrefix(letter, "Return-Path: ")
	if !ok {
		tb.Fatalf("no Return-Path on top of %q", letter)
	}
	_, rest, _ = strings.Cut(rest, "\r\n")
	for strings.HasPrefix(rest, "Received: ") {
		for first := true; first || strings.HasPrefix(rest, "\t"); first = false {
			_, rest, _ = strings.Cut(rest, "\r\n")
		}
	}
	return rest
}

const hello = "Subject: Halo\r\n\r\nApa kabar, Bu?\r\n"

func TestOneLetter(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	c := dial(t, lab, server.MX1+":25")
	c.say("EHLO "+server.Laptop, "250-Hello "+server.Laptop)
	c.send("siswa@kampus.test", "guru@sekolah.test", hello)
	c.say("QUIT", "221 ")

	got := letters(t, lab, server.Teacher)
	if len(got) != 1 || body(t, got[0]) != hello {
		t.Fatalf("got letters %q, want one with %q", got, hello)
	}
	if want := "Return-Path: <siswa@kampus.test>\r\nReceived: from laptop.kampus.test (laptop.kampus.test [192.0.2.10])\r\n" +
		"\tby mx1.sekolah.test with ESMTP id "; !strings.HasPrefix(got[0], want) {
		t.Errorf("got trace lines %q, want %q…", got[0], want)
	}
}
