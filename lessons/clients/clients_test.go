package clients

import (
	"net/netip"
	"strings"
	"testing"

	"surel/protocols/wire"
)

func TestForFillsEverythingIn(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"smtp", "submission", "submissions", "pop3", "pop3s", "imap", "imaps", "domain"} {
		s := wire.Service{Name: name, Endpoint: wire.Endpoint{
			Host: "mail.kampus.test", Real: netip.MustParseAddrPort("127.0.0.1:2999"),
		}}
		all := For(s, Account{"siswa@kampus.test", "rahasia"}, Trust{"/lab/ca.pem", "/lab/root.key"})
		if len(all) < 2 {
			t.Errorf("%s has %d settings", name, len(all))
		}
		for _, one := range all {
			if strings.ContainsAny(one.Line, "{}") {
				t.Errorf("%s for %s leaves something open: %s", one.Program, name, one.Line)
			}
			if !strings.Contains(one.Line, "2999") {
				t.Errorf("%s for %s names no port: %s", one.Program, name, one.Line)
			}
		}
	}
}

func TestTheResolverHasItsOwn(t *testing.T) {
	t.Parallel()
	s := wire.Service{Name: "domain", Endpoint: wire.Endpoint{
		Host: "resolver.kampus.test", Real: netip.MustParseAddrPort("127.0.0.1:2053"),
	}}
	all := For(s, Account{}, Trust{Anchor: "/lab/root.key"})
	last := all[len(all)-1]
	if last.Program != "delv" || !strings.Contains(last.Line, "-p 2053") || !strings.Contains(last.Line, "/lab/root.key") {
		t.Errorf("the last is %v", last)
	}
}

func TestTheFileHasNoLineThatIsNotRead(t *testing.T) {
	t.Parallel()
	read, lines := 0, 0
	for _, all := range settings() {
		read += len(all)
	}
	for line := range strings.Lines(file) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			lines++
		}
	}
	if read != lines {
		t.Errorf("read %d of %d lines", read, lines)
	}
}
