package dns

import (
	"context"
	"errors"
	"fmt"
	"net/netip"

	"github.com/miekg/dns"
)

// walk is the search for one RRset, from the lowest zone that is known down to
// the one that holds it. The work counts for it and for all that it needs.
type walk struct {
	r      *Resolver
	memory *memory
	work   *int
	depth  int
}

// trouble is why a walk cannot go on, with the code that tells a client
// (RFC 8914 §4).
type trouble struct {
	code uint16
	why  string
}

func (t *trouble) Error() string { return t.why }

func (t *trouble) result() *result { return failure(t.code, t.why) }

// rounds is how often a silent server is asked: a datagram can get lost.
const rounds = 2

var errTooMuch = &trouble{dns.ExtendedErrorCodeOther, "the question needs too many others answered first"}

// find gives the RRset, or the alias in its place, and keeps it.
func (w *walk) find(ctx context.Context, name string, rtype uint16) *result {
	a, err := w.descend(ctx, name, rtype)
	if err != nil {
		t := &trouble{dns.ExtendedErrorCodeOther, err.Error()}
		_ = errors.As(err, &t)
		a = t.result()
	}
	if ctx.Err() == nil || !a.failed() {
		w.memory.cache.put(name, rtype, a)
	}
	return a
}

func (w *walk) descend(ctx context.Context, name string, rtype uint16) (*result, error) {
	z := w.start(name, rtype)
	for range dns.CountLabel(name) + 1 {
		m, err := w.query(ctx, z, name, rtype)
		if err != nil {
			return nil, err
		}
		child, referred := readReferral(m, z, name)
		if !referred {
			if z, err = w.owner(ctx, z, m, name); err != nil {
				return nil, err
			}
			return w.judge(ctx, z, m, name, rtype)
		}
		if z, err = w.enter(ctx, z, child, m); err != nil {
			return nil, err
		}
	}
	return nil, errTooMuch
}

// start gives the zone from which the walk goes down. DS records are kept by
// the zone above.
func (w *walk) start(name string, rtype uint16) cut {
	if rtype == dns.TypeDS && name != "." {
		name = parent(name)
	}
	if z, ok := w.memory.cuts.lowest(name); ok {
		return z
	}
	root := cut{name: ".", servers: w.r.cfg.hints, life: maxTTL}
	if w.r.cfg.anchor != nil {
		root.security = secure
	}
	return root
}

// query asks the servers of a zone in turn until one answers for it, and those
// that were silent once more.
func (w *walk) query(ctx context.Context, z cut, name string, rtype uint16) (*dns.Msg, error) {
	t := &trouble{dns.ExtendedErrorCodeNoReachableAuthority, "no server of " + z.name + " answers"}
	servers := z.servers
	for range rounds {
		var silent []nameServer
		for _, s := range servers {
			for _, at := range w.addresses(ctx, s) {
				m, err := w.send(ctx, at, dns.Question{Name: name, Qtype: rtype, Qclass: dns.ClassINET})
				if errors.As(err, new(*trouble)) {
					return nil, err
				}
				if err != nil {
					silent = append(silent, nameServer{s.host, []netip.Addr{at}})
					continue
				}
				if why := lame(m, z, name); why != "" {
					t.why = fmt.Sprintf("%s, a server of %s, %s", s.host, z.name, why)
					continue
				}
				return m, nil
			}
		}
		servers = silent
	}
	return nil, t
}

// send asks one address, as long as there is work and time left.
func (w *walk) send(ctx context.Context, at netip.Addr, q dns.Question) (*dns.Msg, error) {
	if *w.work++; *w.work > maxWork {
		return nil, errTooMuch
	}
	m, err := w.r.ask(ctx, at, q)
	if ctx.Err() != nil {
		return nil, &trouble{dns.ExtendedErrorCodeNoReachableAuthority, "the search took too long"}
	}
	return m, err
}

// lame says why a server cannot answer for the zone that was delegated to it;
// empty where it can (RFC 1912 §2.8).
func lame(m *dns.Msg, z cut, name string) string {
	if m.Rcode != dns.RcodeSuccess && m.Rcode != dns.RcodeNameError {
		return "answers " + dns.RcodeToString[m.Rcode]
	}
	if _, referred := readReferral(m, z, name); !referred && !m.Authoritative {
		return "has no authority for it"
	}
	return ""
}

// addresses gives where a name server can be reached: by the delegation's glue,
// or by a search of its own.
func (w *walk) addresses(ctx context.Context, s nameServer) []netip.Addr {
	if len(s.addrs) > 0 || w.depth >= maxDepth {
		return s.addrs
	}
	a := w.memory.cache.get(s.host, dns.TypeA)
	if a == nil {
		below := &walk{r: w.r, memory: w.memory, work: w.work, depth: w.depth + 1}
		a = below.find(ctx, s.host, dns.TypeA)
	}
	if a.security == bogus {
		return nil
	}
	var addrs []netip.Addr
	for _, rr := range a.answer {
		if addr, ok := ipv4(rr); ok {
			addrs = append(addrs, addr)
		}
	}
	return addrs
}

// owner gives the zone in which an answer lies: a server of a zone may serve one
// below, too, and answer for that without a referral.
func (w *walk) owner(ctx context.Context, z cut, m *dns.Msg, name string) (cut, error) {
	signer := signerOf(m)
	if z.security != secure || signer == "" || signer == z.name || !dns.IsSubDomain(z.name, signer) || !dns.IsSubDomain(signer, name) {
		return z, nil
	}
	ds, err := w.query(ctx, z, signer, dns.TypeDS)
	if err != nil {
		return cut{}, err
	}
	ds.Ns = append(ds.Ns, ds.Answer...)
	return w.enter(ctx, z, cut{name: signer, servers: z.servers, life: z.life}, ds)
}

func signerOf(m *dns.Msg) string {
	for _, rr := range append(m.Answer[:len(m.Answer):len(m.Answer)], m.Ns...) {
		if sig, ok := rr.(*dns.RRSIG); ok {
			return absolute(sig.SignerName)
		}
	}
	return ""
}
