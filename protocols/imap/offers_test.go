package imap_test

import (
	"testing"

	"surel/protocols/imap"
	"surel/protocols/wire"
)

// What the capabilities announce is offered, and nothing else of an extension.
func TestOffers(t *testing.T) {
	t.Parallel()
	d := imap.NewDecoder()
	if !d.Offers("GETQUOTA") || !d.Offers("IDLE") {
		t.Error("before anything was announced something is not offered")
	}
	d.Decode(wire.ServerToClient, []byte("* OK [CAPABILITY IMAP4rev1 IDLE] siap\r\n"))
	for name, want := range map[string]bool{"IDLE": true, "GETQUOTA": false, "SELECT": true, "FETCH": true} {
		if got := d.Offers(name); got != want {
			t.Errorf("%s is offered: %v; want %v", name, got, want)
		}
	}
}
