package dns

import (
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/miekg/dns"
)

// nameServer is a host that serves a zone. Its addresses may have to be looked
// up.
type nameServer struct {
	host  string
	addrs []netip.Addr
}

// cut is a zone as the resolver knows it: who serves it, and whose signatures
// count in it.
type cut struct {
	name     string
	servers  []nameServer
	ds       []*dns.DS
	security security
	keys     []*dns.DNSKEY // read when first needed
	life     time.Duration // how long what its delegation said may be kept
	until    time.Time
}

// cutCache keeps what delegations said. It is safe for concurrent use.
type cutCache struct {
	now func() time.Time

	mu   sync.Mutex
	cuts map[string]cut
}

func newCutCache(now func() time.Time) *cutCache {
	return &cutCache{now: now, cuts: map[string]cut{}}
}

// lowest gives the lowest zone that is known of those in which the name lies.
func (c *cutCache) lowest(name string) (cut, bool) {
	now := c.now()
	c.mu.Lock()
	defer c.mu.Unlock()
	for ; ; name = parent(name) {
		if z, ok := c.cuts[name]; ok && now.Before(z.until) {
			return z, true
		}
		if name == "." {
			return cut{}, false
		}
	}
}

// list gives the zones that are known, each with its name servers.
func (c *cutCache) list() []Entry {
	now := c.now()
	c.mu.Lock()
	defer c.mu.Unlock()
	var all []Entry
	for _, z := range c.cuts {
		if !now.Before(z.until) {
			continue
		}
		e := Entry{Name: z.name, Type: "NS", Left: z.until.Sub(now), Secure: z.security == secure}
		for _, s := range z.servers {
			e.Values = append(e.Values, s.host)
		}
		all = append(all, e)
	}
	return all
}

func (c *cutCache) put(z cut) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.cuts) >= maxCached {
		clear(c.cuts) // a flood of delegations: begin anew
	}
	if z.until.IsZero() {
		z.until = c.now().Add(z.life)
	}
	c.cuts[z.name] = z
}

// readReferral gives the zone to which a response of parent's servers refers;
// false where it is no referral towards the name (RFC 1034 §4.2.1).
func readReferral(m *dns.Msg, from cut, name string) (cut, bool) {
	if m.Rcode != dns.RcodeSuccess || len(m.Answer) > 0 {
		return cut{}, false
	}
	var z cut
	var ttl uint32
	for _, rr := range m.Ns {
		ns, ok := rr.(*dns.NS)
		if !ok {
			continue
		}
		owner := absolute(ns.Hdr.Name)
		if owner == from.name || !dns.IsSubDomain(from.name, owner) || !dns.IsSubDomain(owner, name) || z.name != "" && z.name != owner {
			continue
		}
		z.name, ttl = owner, ns.Hdr.Ttl
		host := absolute(ns.Ns)
		z.servers = append(z.servers, nameServer{host: host, addrs: glue(m.Extra, host, from.name)})
	}
	z.life = min(time.Duration(ttl)*time.Second, maxTTL)
	return z, z.name != ""
}

// ipv4 gives the address of an A record; false for another record.
func ipv4(rr dns.RR) (netip.Addr, bool) {
	a, ok := rr.(*dns.A)
	if !ok {
		return netip.Addr{}, false
	}
	return netip.AddrFromSlice(a.A.To4())
}

// glue gives the addresses that a referral brings for a host. Only those count
// that the referring zone can speak for: others would let it lie about anybody.
func glue(extra []dns.RR, host, zone string) (addrs []netip.Addr) {
	if !dns.IsSubDomain(zone, host) {
		return nil
	}
	for _, rr := range extra {
		if !strings.EqualFold(rr.Header().Name, host) {
			continue
		}
		if addr, ok := ipv4(rr); ok {
			addrs = append(addrs, addr)
		}
	}
	return addrs
}
