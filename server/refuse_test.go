package server_test

import (
	"strings"
	"testing"
	"time"

	"surel/server"
)

// greeted connects to a server and says EHLO.
func greeted(tb testing.TB, lab *server.Lab, to string) *client {
	tb.Helper()
	c := dial(tb, lab, to)
	c.say("EHLO "+server.Laptop, "250")
	return c
}

func TestRefusedRecipients(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	tests := []struct{ name, server, to, want string }{
		{"unknown mailbox", server.MX1 + ":25", "dosen@sekolah.test", "550 5.1.1 "},
		{"full mailbox", server.MX1 + ":25", server.Full, "452 4.2.2 "},
		{"full mailbox at the second server", server.MX2 + ":25", server.Full, "452 4.2.2 "},
		{"greylisted", server.MX1 + ":25", server.Greylists, "451 4.7.1 "},
		{"foreign domain", server.MX1 + ":25", "siapa@luar.test", "550 5.7.1 "},
		{"the other organisation", server.MX1 + ":25", server.Student, "550 5.7.1 "},
		{"relay from outside", server.Kampus + ":25", server.Teacher, "550 5.7.1 "},
		{"unknown in kampus.test", server.Kampus + ":25", "dosen@kampus.test", "550 5.1.1 "},
		{"letter case does not matter", server.MX1 + ":25", "Guru@SEKOLAH.test", "250 "},
		{"postmaster", server.MX1 + ":25", "postmaster@sekolah.test", "250 "},
		{"8-bit without SMTPUTF8", server.MX1 + ":25", "gür@sekolah.test", "553 5.6.7 "},
		{"control byte", server.MX1 + ":25", "gu\x01ru@sekolah.test", "501 5.1.3 "},
		{"bare CR", server.MX1 + ":25", "gu\rru@sekolah.test", "501 5.1.3 "},
		{"no address", server.MX1 + ":25", "", "501 5.5.2 "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := greeted(t, lab, tt.server)
			c.say("MAIL FROM:<siswa@kampus.test>", "250 ")
			c.say("RCPT TO:<"+tt.to+">", tt.want)
			c.say("QUIT", "221 ")
		})
	}
}

func TestRefusedSenders(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	tests := []struct{ name, server, mail, want string }{
		{"size announced", server.MX1 + ":25", "MAIL FROM:<a@b.test> SIZE=2000000", "552 5.3.4 "},
		{"login required", server.Kampus + ":587", "MAIL FROM:<siswa@kampus.test>", "530 5.7.0 "},
		{"8-bit without SMTPUTF8", server.MX1 + ":25", "MAIL FROM:<é@b.test>", "553 5.6.7 "},
		{"8-bit with SMTPUTF8", server.MX1 + ":25", "MAIL FROM:<é@b.test> SMTPUTF8", "250 "},
		{"not UTF-8", server.MX1 + ":25", "MAIL FROM:<\xff\xfe@b.test> SMTPUTF8", "501 5.1.7 "},
		{"NUL", server.MX1 + ":25", "MAIL FROM:<a\x00@b.test>", "501 5.1.7 "},
		{"C1 control", server.MX1 + ":25", "MAIL FROM:<a\u009b@b.test> SMTPUTF8", "501 5.1.7 "},
		{"REQUIRETLS in clear", server.MX1 + ":25", "MAIL FROM:<a@b.test> REQUIRETLS", "530 5.7.0 "},
		{"null reverse-path", server.MX1 + ":25", "MAIL FROM:<>", "250 "},
		{"forged", server.MX1 + ":25", "MAIL FROM:<rektor@kampus.test>", "250 "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := greeted(t, lab, tt.server)
			c.say(tt.mail, tt.want)
			c.say("QUIT", "221 ")
		})
	}
}

func TestLetterTooLarge(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	c := greeted(t, lab, server.MX1+":25")
	c.envelope("siswa@kampus.test", server.Teacher)
	c.raw(strings.Repeat("Panjang sekali surat ini.\r\n", 1<<20/25) + ".\r\n")
	c.expect("552 5.3.4 ")
	c.send("siswa@kampus.test", server.Teacher, hello)
	if got := letters(t, lab, server.Teacher); len(got) != 1 || body(t, got[0]) != hello {
		t.Errorf("got %d letters, want the small one alone", len(got))
	}
}

func TestTooManyRecipients(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	c := greeted(t, lab, server.MX1+":25")
	c.say("MAIL FROM:<siswa@kampus.test>", "250 ")
	for range 100 {
		c.say("RCPT TO:<"+server.Teacher+">", "250 ")
	}
	c.say("RCPT TO:<"+server.Teacher+">", "452 4.5.3 ")
	c.say("DATA", "354 ")
	c.raw(hello + ".\r\n")
	c.expect("250 ")
	if got := letters(t, lab, server.Teacher); len(got) != 1 {
		t.Errorf("one recipient named a hundred times got %d letters, want 1", len(got))
	}
}

// TestGreylist tries until the delay has passed, as a real sender would.
func TestGreylist(t *testing.T) {
	t.Parallel()
	const delay = 50 * time.Millisecond
	lab := startLab(t, server.Config{GreylistDelay: delay})
	c := greeted(t, lab, server.MX1+":25")
	c.say("MAIL FROM:<siswa@kampus.test>", "250 ")
	begin := time.Now()
	c.say("RCPT TO:<"+server.Greylists+">", "451 4.7.1 ")
	for !strings.HasPrefix(c.say("RCPT TO:<"+server.Greylists+">", ""), "250 ") {
	}
	if waited := time.Since(begin); waited < delay {
		t.Errorf("accepted after %v, want at least %v", waited, delay)
	}
	// Another reverse-path is another stranger.
	c.say("RSET", "250 ")
	c.say("MAIL FROM:<lain@kampus.test>", "250 ")
	c.say("RCPT TO:<"+server.Greylists+">", "451 4.7.1 ")
}

// TestOneFullOfTwo refuses one recipient and serves the other.
func TestOneFullOfTwo(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	c := greeted(t, lab, server.MX1+":25")
	c.say("MAIL FROM:<siswa@kampus.test>", "250 ")
	c.say("RCPT TO:<"+server.Full+">", "452 4.2.2 ")
	c.say("RCPT TO:<"+server.Teacher+">", "250 ")
	c.say("DATA", "354 ")
	c.raw(hello + ".\r\n")
	c.expect("250 ")
	if got := letters(t, lab, server.Teacher); len(got) != 1 {
		t.Errorf("got %d letters, want 1", len(got))
	}
	if got := letters(t, lab, server.Full); len(got) != 1 {
		t.Errorf("the full mailbox holds %d letters, want the one that fills it", len(got))
	}
}

// TestOwnerChanged sends to an address only if it belongs to whom it belonged
// to at a certain time (RFC 7293).
func TestOwnerChanged(t *testing.T) {
	t.Parallel()
	c := greeted(t, startLab(t, server.Config{}), server.MX1+":25")
	c.say("MAIL FROM:<siswa@kampus.test>", "250 ")
	c.say("RCPT TO:<"+server.Teacher+"> RRVS=2020-01-01T00:00:00Z", "550 5.7.17 ")
	c.say("RCPT TO:<"+server.Teacher+"> RRVS=2026-08-01T00:00:00Z", "250 ")
}
