package smtp_test

import (
	"testing"

	"surel/protocols/smtp"
	"surel/protocols/wire"
)

// What the reply to EHLO announces is offered, and nothing else of an extension.
func TestOffers(t *testing.T) {
	t.Parallel()
	d := smtp.NewDecoder()
	says := func(dir wire.Dir, line string) { d.Decode(dir, []byte(line+"\r\n")) }
	holds := func(want map[string]bool) {
		t.Helper()
		for name, offered := range want {
			if got := d.Offers(name); got != offered {
				t.Errorf("%s is offered: %v; want %v", name, got, offered)
			}
		}
	}
	says(wire.ServerToClient, "220 mail.kampus.test")
	holds(map[string]bool{"STARTTLS": true, "AUTH": true, "MAIL FROM:": true})
	says(wire.ClientToServer, "EHLO laptop.kampus.test")
	says(wire.ServerToClient, "250-mail.kampus.test\r\n250-STARTTLS\r\n250 CHUNKING")
	holds(map[string]bool{"STARTTLS": true, "BDAT": true, "AUTH": false, "ETRN": false, "MAIL FROM:": true, "QUIT": true})
	says(wire.ClientToServer, "HELO laptop.kampus.test")
	says(wire.ServerToClient, "250 mail.kampus.test")
	holds(map[string]bool{"STARTTLS": false, "BDAT": false, "MAIL FROM:": true})
}
