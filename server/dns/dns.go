// Package dns is the lab's name system: a root, the servers of .test, of the two
// organisations and of a hosting company, each with its zones, and a resolver
// that walks from the root, keeps what it learns and validates it. Start with
// Start; the zones are files in the folder zones.
package dns

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/miekg/dns"

	"surel/protocols/wire"
	"surel/server/tap"
	"surel/server/vnet"
)

// ResolverHost is the logical host of the resolver.
const ResolverHost = "resolver.kampus.test"

// service is the name by which IANA registers port 53.
const (
	service = "domain"
	port    = 53
)

// authorities are the name servers and their zones.
var authorities = []struct {
	host  string
	addr  byte // the last byte of its address in 203.0.113.0/24
	zones []string
}{
	{"a.root-servers.test", 1, []string{"."}},
	{"ns.nic.test", 2, []string{"test.", "arpa.", "113.0.203.in-addr.arpa."}},
	{"ns1.kampus.test", 3, []string{"kampus.test.", "2.0.192.in-addr.arpa.", "1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa."}},
	{"ns1.sekolah.test", 4, []string{"sekolah.test.", "100.51.198.in-addr.arpa.", "2.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa."}},
	{"ns2.sekolah.test", 5, []string{"sekolah.test.", "100.51.198.in-addr.arpa.", "2.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa."}},
	{"ns.hosting.test", 6, []string{
		"hosting.test.", "tanpa-mx.test.", "null-mx.test.", "alias-mx.test.", "hilang-mx.test.", "rusak.test.", "palsu.test.",
	}},
}

// Zones that are not as the others.
const (
	unsignedZone = "tanpa-mx.test."
	damagedZone  = "rusak.test."
)

func address(last byte) netip.Addr { return netip.AddrFrom4([4]byte{203, 0, 113, last}) }

// Hosts gives the hosts on which the name servers and the resolver run.
func Hosts() []vnet.Host {
	hosts := []vnet.Host{{Name: ResolverHost, Addr: address(53)}}
	for _, a := range authorities {
		hosts = append(hosts, vnet.Host{Name: a.host, Addr: address(a.addr)})
	}
	return hosts
}

// Config is how the name system is set up.
type Config struct {
	// Net is the network on which the Hosts are.
	Net *vnet.Net
	// Log records every message.
	Log *wire.Log
	// FixedPort is the real port of the resolver where it is free; zero stands
	// for any.
	FixedPort uint16
	// Records are further records, as lines of a zone file with whole names, for
	// the zones that they belong to.
	Records string
	// OutsideTime is how long a resolver outside the lab may take for one answer;
	// zero stands for a little less than two seconds.
	OutsideTime time.Duration
	// MaxConns is how many TCP connections each server takes at once.
	MaxConns int
}

// idle is how long a TCP connection may stay silent (RFC 7766 §6.2.3).
const idle = 10 * time.Second

// System is a running name system.
type System struct {
	cfg      Config
	zones    map[string]*zone
	resolver *Resolver
	services []wire.Service
	ports    []*openPort
}

// Start makes keys, signs the zones and opens the ports; the context is for the
// start alone.
func Start(ctx context.Context, c Config) (*System, error) {
	s := &System{cfg: c, zones: map[string]*zone{}}
	err := s.load()
	if err == nil {
		err = s.open(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start the name system: %w", err), s.Close(ctx))
	}
	return s, nil
}

// load reads the zones, and links each that is signed to its parent.
func (s *System) load() error {
	records, err := parseZone([]byte(s.cfg.Records), ".")
	if err != nil {
		return fmt.Errorf("read further records: %w", err)
	}
	for _, a := range authorities {
		for _, origin := range a.zones {
			if s.zones[origin] != nil {
				continue
			}
			if s.zones[origin], err = readZone(origin, below(records, origin)); err != nil {
				return err
			}
		}
	}
	return s.sign()
}

// below gives the records whose names lie in a zone.
func below(records []dns.RR, origin string) []dns.RR {
	return slices.DeleteFunc(slices.Clone(records), func(rr dns.RR) bool {
		return origin == "." || !dns.IsSubDomain(origin, rr.Header().Name)
	})
}

func (s *System) sign() error {
	for origin, z := range s.zones {
		if origin == unsignedZone {
			continue
		}
		var err error
		if z.signer, err = newSigner(origin, origin == damagedZone); err != nil {
			return err
		}
		z.add(z.signer.key)
	}
	for origin, z := range s.zones {
		if up := s.parentZone(origin); up != nil && z.signer != nil {
			ds := z.signer.key.ToDS(dns.SHA256)
			ds.Hdr.Ttl = 3600
			up.add(ds)
		}
	}
	for _, z := range s.zones {
		z.link()
	}
	return nil
}

// parentZone gives the zone that delegates another.
func (s *System) parentZone(origin string) *zone {
	for origin != "." {
		origin = parent(origin)
		if z := s.zones[origin]; z != nil {
			return z
		}
	}
	return nil
}

// TrustAnchor gives the root's key in the form that BIND's programs read: who
// trusts it can validate everything that is signed.
func (s *System) TrustAnchor() string {
	k := s.zones["."].signer.key
	return fmt.Sprintf("trust-anchors {\n\t. static-key %d %d %d \"%s\";\n};\n", k.Flags, k.Protocol, k.Algorithm, k.PublicKey)
}

// Resolver gives the resolver.
func (s *System) Resolver() *Resolver { return s.resolver }

// Services gives the ports on which the servers listen, for UDP and TCP alike.
func (s *System) Services() []wire.Service { return s.services }

func (s *System) open(ctx context.Context) error {
	for _, a := range authorities {
		h := &authority{now: time.Now}
		for _, origin := range a.zones {
			h.zones = append(h.zones, s.zones[origin])
		}
		if err := s.openHost(ctx, a.host, 0, h); err != nil {
			return err
		}
	}
	root := authorities[0]
	s.resolver = newResolver(resolverConfig{
		dial: s.dial, anchor: s.zones["."].signer.key, now: time.Now, holds: s.holds, leave: s.leave,
		outsideTime: cmp.Or(s.cfg.OutsideTime, outsideTime),
		hints:       []nameServer{{host: root.host + ".", addrs: []netip.Addr{address(root.addr)}}},
	})
	return s.openHost(ctx, ResolverHost, s.cfg.FixedPort, s.resolver)
}

func (s *System) openHost(ctx context.Context, host string, fixed uint16, h dns.Handler) error {
	listener, packets, err := s.cfg.Net.ListenPair(ctx, host, port, fixed)
	if err != nil {
		return err
	}
	s.services = append(s.services, wire.Service{Name: service, Endpoint: listener.Endpoint()})
	tcp := tap.NewListener(listener, s.cfg.Log, tap.Options{Service: service, Idle: idle, MaxConns: s.cfg.MaxConns})
	s.ports = append(s.ports, serve(tcp, tap.NewPacketConn(packets, s.cfg.Log, service), h))
	return nil
}

// Close stops the servers and waits for them.
func (s *System) Close(context.Context) error {
	if s.resolver != nil {
		s.resolver.close()
	}
	var closing sync.WaitGroup
	errs := make([]error, len(s.ports))
	for i, p := range s.ports {
		closing.Go(func() { errs[i] = p.close() })
	}
	closing.Wait()
	return errors.Join(errs...)
}

// absolute gives a name in lower case with the root's dot.
func absolute(name string) string { return dns.Fqdn(strings.ToLower(name)) }
