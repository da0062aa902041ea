// Package shown gives the lab to the screens as they want to see it.
package shown

import (
	"context"
	"net/netip"

	"surel/server"
	"surel/server/dns"
	"surel/tui/ui"
)

// Lab is a running lab with what only the screens ask of it.
type Lab struct{ *server.Lab }

var _ ui.Lab = Lab{}

// Outside gives the address of the resolver off this machine that is asked for
// names which the lab does not hold; empty where none is.
func (l Lab) Outside() string {
	if to := l.Lab.Outside(); to.IsValid() {
		return to.String()
	}
	return ""
}

// SetOutside gives leave to ask a resolver off this machine, and ends it with an
// empty text.
func (l Lab) SetOutside(address string) error {
	var to netip.AddrPort
	if address != "" {
		var err error
		if to, err = dns.ParseResolver(address); err != nil {
			return err
		}
	}
	l.Lab.SetOutside(to)
	return nil
}

// SystemResolver gives the address of the resolver that this machine's programs
// ask.
func (Lab) SystemResolver(ctx context.Context) (string, error) {
	at, err := dns.SystemResolver(ctx)
	if err != nil {
		return "", err
	}
	return at.String(), nil
}

// Remembered gives what the resolver remembers.
func (l Lab) Remembered() []ui.Remembered {
	entries := l.Names()
	all := make([]ui.Remembered, len(entries))
	for i, e := range entries {
		all[i] = ui.Remembered(e)
	}
	return all
}
