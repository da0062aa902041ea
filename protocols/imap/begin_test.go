package imap_test

import (
	"testing"

	"surel/protocols/imap"
	"surel/protocols/wire"
)

// TestProtect reads logins inside TLS, where nothing is wrong with them: from
// the first byte on, and after STARTTLS, where nobody greets.
func TestProtect(t *testing.T) {
	t.Parallel()
	for _, afterUpgrade := range []bool{false, true} {
		d := imap.NewDecoder()
		d.Protect(afterUpgrade)
		var said []string
		feed := func(dir wire.Dir, text string) {
			messages, n := d.Decode(dir, []byte(text))
			if n != len(text) {
				t.Errorf("%q: %d bytes were read", text, n)
			}
			for _, m := range messages {
				said = append(said, m.Name)
				if m.Mistake != "" || m.Malformed {
					t.Errorf("after upgrade %v: %q has the mistake %q", afterUpgrade, m.Raw, m.Mistake)
				}
			}
		}
		if !afterUpgrade {
			feed(wire.ServerToClient, "* OK halo\r\n")
		}
		feed(wire.ClientToServer, "a LOGIN guru rahasia2\r\n")
		feed(wire.ServerToClient, "a NO no\r\n")
		feed(wire.ClientToServer, "b AUTHENTICATE PLAIN\r\n")
		feed(wire.ServerToClient, "+ \r\n")
		feed(wire.ClientToServer, "AGd1cnUAcmFoYXNpYTI=\r\n")
		feed(wire.ServerToClient, "b OK welcome\r\n")
		if len(said) < 6 {
			t.Errorf("read %q", said)
		}
	}
}
