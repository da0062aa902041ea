package pop3_test

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/tls"
	"encoding/base64"
	"encoding/hex"
	"net"
	"strings"
	"testing"

	"surel/server/pop3"
	"surel/server/tap"
)

func b64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

func TestLogins(t *testing.T) {
	t.Parallel()
	tests := map[string][][2]string{
		"USER and PASS":       {{"USER siswa@kampus.test", "+OK"}, {"PASS rahasia", "+OK 2 messages (67 octets)"}},
		"local part":          {{"USER siswa", "+OK"}, {"PASS rahasia", "+OK"}},
		"something between":   {{"USER siswa", "+OK"}, {"NOOP", "-ERR"}, {"PASS rahasia", "-ERR Send USER"}},
		"wrong password":      {{"USER siswa", "+OK"}, {"PASS salah", "-ERR [AUTH]"}, {"PASS rahasia", "-ERR Send USER"}},
		"nobody":              {{"USER tidakada", "+OK"}, {"PASS rahasia", "-ERR [AUTH]"}},
		"no password":         {{"USER postmaster", "+OK"}, {"PASS ", "-ERR"}},
		"blanks":              {{"USER siswa", "+OK"}, {"PASS rahasia ", "-ERR [AUTH]"}},
		"PLAIN at once":       {{"AUTH PLAIN " + b64("\x00siswa\x00rahasia"), "+OK"}},
		"PLAIN when asked":    {{"AUTH plain", "+ "}, {b64("\x00siswa\x00rahasia"), "+OK"}},
		"PLAIN wrong":         {{"AUTH PLAIN " + b64("\x00siswa\x00salah"), "-ERR [AUTH]"}},
		"PLAIN for another":   {{"AUTH PLAIN " + b64("guru\x00siswa\x00rahasia"), "-ERR [AUTH]"}},
		"PLAIN malformed":     {{"AUTH PLAIN " + b64("siswa"), "-ERR Malformed"}},
		"PLAIN of nothing":    {{"AUTH PLAIN =", "-ERR Malformed"}},
		"PLAIN, no password":  {{"AUTH PLAIN " + b64("\x00postmaster\x00"), "-ERR [AUTH]"}},
		"LOGIN":               {{"AUTH LOGIN", "+ " + b64("Username:")}, {b64("siswa"), "+ " + b64("Password:")}, {b64("rahasia"), "+OK"}},
		"LOGIN with name":     {{"AUTH LOGIN " + b64("siswa"), "+ " + b64("Password:")}, {b64("rahasia"), "+OK"}},
		"cancelled":           {{"AUTH LOGIN", "+ "}, {"*", "-ERR Cancelled"}, {"USER siswa", "+OK"}},
		"no base64":           {{"AUTH LOGIN", "+ "}, {"siswa!", "-ERR Response"}},
		"no base64 at once":   {{"AUTH PLAIN !", "-ERR Response"}},
		"unknown mechanism":   {{"AUTH GSSAPI", "-ERR Unknown mechanism"}},
		"no mechanism":        {{"AUTH", "-ERR"}},
		"CRAM-MD5 malformed":  {{"AUTH CRAM-MD5", "+ "}, {b64("siswa"), "-ERR Malformed"}},
		"CRAM-MD5 too early":  {{"AUTH CRAM-MD5 " + b64("siswa"), "-ERR Malformed"}},
		"APOP without digest": {{"APOP siswa", "-ERR APOP needs"}},
		"long response":       {{"AUTH PLAIN", "+ "}, {strings.Repeat("A", 12000), "-ERR Malformed"}},
		"too long response":   {{"AUTH PLAIN", "+ "}, {strings.Repeat("A", pop3.MaxResponse), "-ERR Line too long"}, {"USER siswa", "+OK"}},
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

func TestAPOP(t *testing.T) {
	t.Parallel()
	w := start(t, two(), tap.Options{})
	for secret, want := range map[string]string{password: "+OK 2 messages", "salah": "-ERR [AUTH]"} {
		c := over(t, w.dial(t, "110"))
		greeting := c.expect("+OK ")
		stamp := greeting[strings.IndexByte(greeting, '<'):]
		sum := md5.Sum([]byte(stamp + secret))
		c.say("APOP siswa "+hex.EncodeToString(sum[:]), want)
	}
}

func TestCRAMMD5(t *testing.T) {
	t.Parallel()
	w := start(t, two(), tap.Options{})
	for secret, want := range map[string]string{password: "+OK 2 messages", "salah": "-ERR [AUTH]"} {
		c := w.client(t)
		challenge, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(c.say("AUTH CRAM-MD5", "+ "), "+ "))
		if err != nil {
			t.Fatal(err)
		}
		mac := hmac.New(md5.New, []byte(secret))
		mac.Write(challenge)
		c.say(b64("siswa "+hex.EncodeToString(mac.Sum(nil))), want)
	}
}

// TestTooManyFailures ends a connection that guesses passwords.
func TestTooManyFailures(t *testing.T) {
	t.Parallel()
	c := start(t, two(), tap.Options{}).client(t)
	for range pop3.MaxFailures - 1 {
		c.say("AUTH PLAIN "+b64("\x00siswa\x00salah"), "-ERR [AUTH] Wrong")
	}
	c.say("USER siswa", "+OK")
	c.say("PASS salah", "-ERR [AUTH] Too many")
	c.ended()
}

// TestLock lets one session at a time have the mailbox.
func TestLock(t *testing.T) {
	t.Parallel()
	w := start(t, two(), tap.Options{})
	ends := map[string]func(c *client){
		"QUIT":    func(c *client) { c.say("QUIT", "+OK"); c.ended() },
		"vanish":  func(c *client) { _ = c.conn.(*net.TCPConn).CloseWrite(); c.ended() },
		"mistake": func(c *client) { c.raw(strings.Repeat("SALAH\r\n", pop3.MaxMistakes)); c.ended() },
	}
	for name, end := range ends {
		c, other := w.client(t).login(), w.client(t)
		other.say("USER siswa", "+OK")
		other.say("PASS rahasia", "-ERR [IN-USE]")
		c.say("DELE 1", "+OK")
		if name != "QUIT" {
			end(c)
			if got := w.box.left(); len(got) == 0 {
				t.Errorf("%s left %q", name, got)
			}
		} else {
			c.say("RSET", "+OK")
			end(c)
		}
		other.login().say("STAT", "+OK 2 67")
		other.say("QUIT", "+OK")
		other.ended()
	}
}

func TestSTLS(t *testing.T) {
	t.Parallel()
	w := start(t, two(), tap.Options{})
	c := w.client(t)
	c.say("USER siswa", "+OK")
	c.say("STLS", "+OK")
	c = over(t, tls.Client(c.conn, w.tls()))
	if caps := c.many("CAPA"); strings.Contains(caps, "STLS") {
		t.Errorf("CAPA under TLS says %q", caps)
	}
	c.say("STLS", "-ERR TLS is on")
	c.say("PASS rahasia", "-ERR Send USER") // RFC 2595 §4: all is forgotten
	if got := c.login().many("RETR 1"); got != first {
		t.Errorf("got %q", got)
	}
	c.say("QUIT", "+OK")
	if conn := w.log.Conns()[0]; len(conn.Secrets) == 0 {
		t.Error("the log has no secrets")
	}
}

func TestImplicitTLS(t *testing.T) {
	t.Parallel()
	w := start(t, two(), tap.Options{})
	c := over(t, tls.Client(w.dial(t, "995"), w.tls()))
	c.expect("+OK ")
	c.login().say("STAT", "+OK 2 67")
	c.say("QUIT", "+OK")
	c.ended()
}

// TestInjectedBeforeTLS has a man in the middle put commands behind STLS in
// the same segment (CVE-2011-0411): they must not count as said under TLS.
func TestInjectedBeforeTLS(t *testing.T) {
	t.Parallel()
	w := start(t, two(), tap.Options{})
	c := w.client(t)
	c.raw("STLS\r\nUSER penyusup\r\nNOOP\r\n")
	c.expect("+OK Begin TLS")
	c = over(t, tls.Client(c.conn, w.tls()))
	c.say("PASS rahasia", "-ERR Send USER")
}
