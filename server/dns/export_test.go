package dns

import (
	"context"
	"net"
	"net/netip"
	"time"

	"github.com/miekg/dns"
)

// Datagrams marks a connection as one of datagrams for the library.
func Datagrams(c net.Conn) net.Conn { return packets{c} }

// RootKey gives the key that signs the root.
func RootKey(s *System) *dns.DNSKEY { return s.zones["."].signer.key }

// NewTestResolver makes a resolver that reaches its name servers by dial, and
// begins at one root server. Without an anchor it validates nothing.
func NewTestResolver(dial func(ctx context.Context, network, to string) (net.Conn, error), anchor *dns.DNSKEY, now func() time.Time) (r *Resolver, stop func()) {
	r = newResolver(resolverConfig{
		dial: dial, anchor: anchor, now: now,
		hints: []nameServer{{host: "root.", addrs: []netip.Addr{netip.AddrFrom4([4]byte{203, 0, 113, 1})}}},
	})
	return r, r.close
}
