package pop3_test

import (
	"testing"

	"surel/protocols/pop3"
)

// TestJoin begins in the middle of conversations: nothing is a mistake that
// only an earlier part could tell.
func TestJoin(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		turns        []string
		names, state string
	}{
		"from the greeting on":    {[]string{"+OK siap\r\n", "USER a\r\n", "+OK\r\n"}, "+OK USER +OK", "user"},
		"from the password on":    {[]string{"", "PASS a\r\n", "+OK\r\n"}, "PASS +OK", "transaction"},
		"from a letter on":        {[]string{"", "RETR 3\r\n", "+OK\r\na\r\n.\r\n", "QUIT\r\n", "+OK\r\n"}, "RETR +OK content QUIT +OK", "update"},
		"from QUIT on":            {[]string{"", "QUIT\r\n", "+OK\r\n"}, "QUIT +OK", "update"},
		"from a listing on":       {[]string{"+OK 1 surat\r\n1 320\r\n.\r\n", "DELE 1\r\n", "+OK\r\n"}, "+OK listing DELE +OK", "transaction"},
		"from an answer on":       {[]string{"+OK 2 320\r\n", "RETR 1\r\n", "-ERR\r\n"}, "+OK RETR -ERR", "transaction"},
		"with an unknown command": {[]string{"", "XTND XLST\r\n", "+OK\r\na\r\n.\r\n", "STAT\r\n", "+OK 1 2\r\n"}, "XTND +OK listing STAT +OK", "transaction"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := pop3.NewDecoder()
			d.Join()
			messages, _ := said(t, d, test.turns...)
			if got := names(messages); got != test.names {
				t.Errorf("the messages are %s, not %s", got, test.names)
			}
			for _, m := range messages {
				if m.Mistake != "" && m.Mistake != "mistake/auth-in-clear" && m.Mistake != "mistake/unknown-command" {
					t.Errorf("%s is a mistake: %s", m.Name, m.Mistake)
				}
			}
			if got := messages[len(messages)-1].State; got != test.state {
				t.Errorf("the state is %s, not %s", got, test.state)
			}
		})
	}
}

// TestProtect reads inside TLS, where a password is no mistake.
func TestProtect(t *testing.T) {
	t.Parallel()
	for afterUpgrade, turns := range map[bool][]string{
		false: {"+OK\r\n", login, "+OK\r\n+OK\r\n", "STAT\r\n"},
		true:  {"", "CAPA\r\n", "+OK\r\n.\r\n", "AUTH PLAIN AGEAYg==\r\n", "+OK\r\n", "STAT\r\n"},
	} {
		d := pop3.NewDecoder()
		d.Protect(afterUpgrade)
		messages, _ := said(t, d, turns...)
		if got := mistakes(messages); afterUpgrade && got != "mistake/command-not-offered" || !afterUpgrade && got != "" {
			t.Errorf("after an upgrade %v: the mistakes are %s", afterUpgrade, got)
		}
		if got := messages[len(messages)-1].State; got != "transaction" {
			t.Errorf("after an upgrade %v: the state is %s", afterUpgrade, got)
		}
	}
}
