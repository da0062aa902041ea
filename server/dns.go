package server

import (
	"context"
	"math/rand/v2"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"surel/protocols/dns/mx"
	"surel/server/dns"
)

// openDNS starts the name servers and the resolver.
func (l *Lab) openDNS(ctx context.Context) error {
	c := dns.Config{
		Net: l.net, Log: l.cfg.Log, MaxConns: l.cfg.MaxConns,
		Records: "_25._tcp." + Kampus + ". 3600 IN TLSA " + l.ca.TLSA() + "\n",
	}
	if l.cfg.FixedPorts {
		c.FixedPort = 2053
	}
	names, err := dns.Start(ctx, c)
	if err != nil {
		return err
	}
	l.names = names
	return os.WriteFile(l.AnchorFile(), []byte(names.TrustAnchor()), 0o600)
}

// AnchorFile gives the path of the key of the lab's root, in the form that
// BIND's programs read: who trusts it can validate what the lab's zones say.
func (l *Lab) AnchorFile() string { return filepath.Join(l.cfg.Dir, "root.key") }

// route gives how a host finds the servers of a domain: it asks the resolver.
func (l *Lab) route(host string) func(ctx context.Context, domain string) mx.Result {
	stub := dns.Stub{Net: l.net, Host: host}
	return func(ctx context.Context, domain string) mx.Result {
		search := mx.New(domain, mx.Options{Self: []string{host}, Shuffle: rand.Shuffle})
		for q, ok := search.Ask(); ok; q, ok = search.Ask() {
			search.Tell(stub.MX(ctx, q))
		}
		return search.Result()
	}
}

// DialUDP gives a socket of a host for datagrams to and from a server and port,
// "resolver.kampus.test:53" for instance.
func (l *Lab) DialUDP(ctx context.Context, from, to string) (net.Conn, error) {
	return l.net.DialUDP(ctx, from, to)
}

// FlushNames lets the resolver forget what it has learnt.
func (l *Lab) FlushNames() { l.names.Resolver().Flush() }

// Remembers tells whether the resolver holds an answer about a type of records of a
// name, such as "MX" and "sekolah.test"; also that there are none.
func (l *Lab) Remembers(rrtype, name string) bool {
	name = strings.ToLower(strings.TrimSuffix(name, ".") + ".")
	return slices.ContainsFunc(l.Names(), func(e dns.Entry) bool {
		return e.Type == rrtype && strings.ToLower(e.Name) == name
	})
}

// Names gives what the resolver remembers.
func (l *Lab) Names() []dns.Entry { return l.names.Resolver().Cache() }

// SetOutside lets the lab's resolver ask another one, off this machine, for names
// that the lab does not hold; the zero value ends it.
func (l *Lab) SetOutside(to netip.AddrPort) { l.names.Resolver().SetOutside(to) }

// Outside gives the resolver off this machine that is asked; the zero value where
// none is.
func (l *Lab) Outside() netip.AddrPort { return l.names.Resolver().Outside() }

// SetDown takes a host off the network for those who dial it in the lab, or
// brings it back.
func (l *Lab) SetDown(host string, down bool) { l.net.SetDown(host, down) }
