package smtp

import (
	"testing"

	"surel/protocols/line"
	"surel/protocols/wire"
)

// mistakes feeds lines, the server's marked by a digit at their beginning, and
// gives the mistake of each message.
func mistakes(d *Decoder, lines ...string) []string {
	var found []string
	for _, text := range lines {
		dir := wire.ClientToServer
		if line.IsDigit(text[0]) {
			dir = wire.ServerToClient
		}
		messages, _ := d.Decode(dir, []byte(text+"\r\n"))
		for _, m := range messages {
			found = append(found, m.Mistake)
		}
	}
	return found
}

func TestJoinTakesNothingForAMistakeThatMayBeNone(t *testing.T) {
	t.Parallel()
	d := NewDecoder()
	d.Join()
	for i, mistake := range mistakes(d, "550 5.1.1 no", "RCPT TO:<a@b.test>", "250 ok", "DATA") {
		if mistake != "" {
			t.Errorf("line %d is %q", i, mistake)
		}
	}
	whole := NewDecoder()
	whole.Join()
	got := mistakes(whole, "220 a.test", "RCPT TO:<a@b.test>")
	if got[1] != "mistake/RCPT/greeting" {
		t.Errorf("a conversation seen from its beginning gives %q", got)
	}
}

func TestProtectKnowsThatAPasswordIsSafe(t *testing.T) {
	t.Parallel()
	clear, safe := NewDecoder(), NewDecoder()
	safe.Protect(true)
	const login = "AUTH PLAIN AHNpc3dhAHJhaGFzaWE="
	if got := mistakes(clear, "220 a.test", "EHLO b.test", "250-a.test\r\n250 AUTH PLAIN", login); got[3] != "mistake/auth-in-clear" {
		t.Errorf("in clear: %q", got)
	}
	for i, mistake := range mistakes(safe, "EHLO b.test", "250-a.test\r\n250 AUTH PLAIN", login, "235 ok") {
		if mistake != "" {
			t.Errorf("inside TLS, message %d is %q", i, mistake)
		}
	}
}
