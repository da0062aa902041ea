package server_test

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/tls"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"

	"surel/protocols/wire"
	"surel/server"
)

// submissions connects to port 465 as the laptop does.
func submissions(tb testing.TB, lab *server.Lab) *client {
	tb.Helper()
	conn, err := lab.Dial(tb.Context(), server.Laptop, server.Kampus+":465")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = conn.Close() })
	c := over(tb, tls.Client(conn, lab.ClientTLS(server.Kampus)))
	c.expect("220 ")
	c.say("EHLO "+server.Laptop, "250")
	return c
}

// upgrade goes on under TLS.
func (c *client) upgrade(lab *server.Lab, host string) *client {
	c.tb.Helper()
	c.say("STARTTLS", "220 ")
	return over(c.tb, tls.Client(c.conn, lab.ClientTLS(host)))
}

func b64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// login proves to be the student.
func (c *client) login() *client {
	c.tb.Helper()
	c.say("AUTH PLAIN "+b64("\x00"+server.Student+"\x00rahasia"), "235 ")
	return c
}

func TestAuth(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	tests := []struct {
		name  string
		lines []string
		want  []string
	}{
		{"PLAIN at once", []string{"AUTH PLAIN " + b64("\x00siswa@kampus.test\x00rahasia")}, []string{"235 "}},
		{"PLAIN when asked", []string{"AUTH PLAIN", b64("\x00siswa@kampus.test\x00rahasia")}, []string{"334 ", "235 "}},
		{"LOGIN", []string{"AUTH LOGIN", b64("siswa@kampus.test"), b64("rahasia")}, []string{"334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6", "235 "}},
		{"LOGIN with name", []string{"AUTH LOGIN " + b64("siswa@kampus.test"), b64("rahasia")}, []string{"334 UGFzc3dvcmQ6", "235 "}},
		{"wrong password", []string{"AUTH PLAIN " + b64("\x00siswa@kampus.test\x00salah")}, []string{"535 5.7.8 "}},
		{"no password", []string{"AUTH PLAIN " + b64("\x00postmaster@kampus.test\x00")}, []string{"535 5.7.8 "}},
		{"of the other organisation", []string{"AUTH PLAIN " + b64("\x00guru@sekolah.test\x00rahasia2")}, []string{"535 5.7.8 "}},
		{"for another", []string{"AUTH PLAIN " + b64("guru@sekolah.test\x00siswa@kampus.test\x00rahasia")}, []string{"535 5.7.8 "}},
		{"malformed PLAIN", []string{"AUTH PLAIN " + b64("siswa")}, []string{"501 5.5.2 "}},
		{"cancelled", []string{"AUTH LOGIN", "*"}, []string{"334 ", "501 "}},
		{"unknown mechanism", []string{"AUTH GSSAPI"}, []string{"504 5.7.4 "}},
		{"CRAM-MD5 malformed", []string{"AUTH CRAM-MD5", b64("siswa")}, []string{"334 ", "501 5.5.2 "}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := submissions(t, lab)
			for i, line := range tt.lines {
				c.say(line, tt.want[i])
			}
			c.say("QUIT", "221 ")
		})
	}
}

func TestCRAMMD5(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	for password, want := range map[string]string{"rahasia": "235 ", "salah": "535 5.7.8 "} {
		c := submissions(t, lab)
		challenge, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(c.say("AUTH CRAM-MD5", "334 "), "334 "))
		if err != nil {
			t.Fatal(err)
		}
		mac := hmac.New(md5.New, []byte(password))
		mac.Write(challenge)
		c.say(b64(server.Student+" "+hex.EncodeToString(mac.Sum(nil))), want)
	}
}

// TestAuthInClear refuses a password that everybody could read.
func TestAuthInClear(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	c := dial(t, lab, server.Kampus+":587")
	if caps := c.say("EHLO laptop", "250"); strings.Contains(caps, "AUTH") || !strings.Contains(caps, "STARTTLS") {
		t.Errorf("EHLO in clear says %q", caps)
	}
	c.say("AUTH PLAIN "+b64("\x00siswa@kampus.test\x00rahasia"), "523 5.7.10 ")
	c = c.upgrade(lab, server.Kampus)
	if caps := c.say("EHLO laptop", "250"); !strings.Contains(caps, "AUTH PLAIN LOGIN CRAM-MD5") || strings.Contains(caps, "STARTTLS") {
		t.Errorf("EHLO under TLS says %q", caps)
	}
	c.say("MAIL FROM:<siswa@kampus.test>", "530 5.7.0 ")
	c.login().say("MAIL FROM:<siswa@kampus.test>", "250 ")
	c.say("RCPT TO:<siapa@luar.test>", "550 5.1.2 ")
	c.say("RCPT TO:<siapa@null-mx.test>", "556 5.1.10 ")
	c.say("RCPT TO:<dosen@kampus.test>", "550 5.1.1 ")
}

// TestStartTLS looks at what each of the servers with STARTTLS lets through,
// and at what an eavesdropper can read of it.
func TestStartTLS(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	c := greeted(t, lab, server.MX1+":25").upgrade(lab, server.MX1)
	if caps := c.say("EHLO laptop", "250"); !strings.Contains(caps, "REQUIRETLS") {
		t.Errorf("EHLO under TLS says %q", caps)
	}
	c.send("siswa@kampus.test", server.Teacher, hello)
	c.say("QUIT", "221 ")
	if got := letters(t, lab, server.Teacher); len(got) != 1 || !strings.Contains(got[0], "with ESMTPS id") {
		t.Errorf("got letters %q", got)
	}

	conn := lab.Log().Conns()[0]
	if len(conn.Secrets) == 0 || !strings.Contains(conn.Secrets[0], "HANDSHAKE_TRAFFIC_SECRET") {
		t.Errorf("got secrets %q, want those of TLS 1.3", conn.Secrets)
	}
	if wireText := said(lab.Log(), conn.ID, wire.ClientToServer); strings.Contains(wireText, "kabar") ||
		!strings.HasPrefix(wireText, "EHLO laptop.kampus.test\r\nSTARTTLS\r\n\x16\x03\x01") {
		t.Errorf("the wire says %q", wireText)
	}
}

// TestInjectedBeforeTLS has a man in the middle put commands behind STARTTLS
// in the same segment (CVE-2011-0411): they must not count as said under TLS.
func TestInjectedBeforeTLS(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	c := greeted(t, lab, server.MX1+":25")
	c.raw("STARTTLS\r\nEHLO penyusup\r\nMAIL FROM:<penyusup@luar.test>\r\n")
	c.expect("220 ")
	c = over(t, tls.Client(c.conn, lab.ClientTLS(server.MX1)))
	c.say("RCPT TO:<guru@sekolah.test>", "502 5.5.1 Missing MAIL")
	c.say("MAIL FROM:<siswa@kampus.test>", "502 5.5.1 Please introduce")
}

// said joins what one side of a connection has sent.
func said(log *wire.Log, id wire.ConnID, d wire.Dir) string {
	var b strings.Builder
	for _, s := range log.Segments(id, 0) {
		if s.Dir == d {
			b.Write(s.Bytes)
		}
	}
	return b.String()
}
