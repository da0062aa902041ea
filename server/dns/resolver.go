package dns

import (
	"cmp"
	"context"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/miekg/dns"
	"golang.org/x/sync/singleflight"
)

// Bounds of what one question can cost.
const (
	maxWork    = 40              // messages sent
	maxDepth   = 6               // questions that a question needs answered first
	maxAliases = 8               // CNAME records followed
	patience   = 4 * time.Second // until SERVFAIL
	maxAtOnce  = 200             // questions that are being walked for
	maxWaiting = 5000            // questions that wait for their turn, or are being walked for
)

// resolverConfig is what a resolver stands on.
type resolverConfig struct {
	dial   func(ctx context.Context, network, to string) (net.Conn, error)
	hints  []nameServer // of the root
	anchor *dns.DNSKEY  // of the root; nil: nothing is validated
	now    func() time.Time
	holds  func(name string) bool // tells whether a zone of the lab holds a name
	leave  func(ctx context.Context, network string, to netip.AddrPort) (net.Conn, error)

	outsideTime time.Duration
}

// Resolver finds answers by walking from the root, keeps them as long as they
// may be kept, and validates them (RFC 1034 §5.3.3, RFC 4035 §4). It is safe for
// concurrent use.
type Resolver struct {
	cfg    resolverConfig
	memory atomic.Pointer[memory]
	slots  chan struct{}
	queue  chan struct{}

	outside atomic.Pointer[netip.AddrPort] // nil or zero: nothing leaves the lab

	alive func() context.Context // until close
	stop  context.CancelFunc
	walks sync.WaitGroup
}

// memory is what a resolver has learnt since it last forgot all. A walk keeps to the
// one in which it began, so that what it finds does not outlive it.
type memory struct {
	cache *cache
	cuts  *cutCache
	same  singleflight.Group // a question that is asked again meanwhile costs nothing more
}

func newResolver(c resolverConfig) *Resolver {
	ctx, stop := context.WithCancel(context.Background())
	r := &Resolver{
		cfg: c, slots: make(chan struct{}, maxAtOnce), queue: make(chan struct{}, maxWaiting),
		alive: func() context.Context { return ctx }, stop: stop,
	}
	r.Flush()
	return r
}

func (r *Resolver) close() {
	r.stop()
	r.walks.Wait()
}

// Flush forgets all that was learnt; what is still being asked then is not kept.
func (r *Resolver) Flush() {
	r.memory.Store(&memory{cache: newCache(r.cfg.now), cuts: newCutCache(r.cfg.now)})
}

// Cache gives what the resolver remembers, by name and type: answers, and the
// name servers that referrals have named.
func (r *Resolver) Cache() []Entry {
	m := r.memory.Load()
	all := append(m.cache.list(), m.cuts.list()...)
	slices.SortFunc(all, func(a, b Entry) int {
		return cmp.Or(compareNames(a.Name, b.Name), strings.Compare(a.Type, b.Type))
	})
	return all
}

// security is what is known of where data come from (RFC 4035 §4.3).
// The lesser one holds for what is made of two.
type security int8

const (
	bogus    security = iota - 1 // from a signed zone, with signatures that do not fit
	insecure                     // from a zone that is not signed
	secure
)

// result is what is known about a question: an RRset, or that there is none.
type result struct {
	rcode     int
	answer    []dns.RR // with signatures
	authority []dns.RR // what denies, with signatures
	security  security
	fault     *dns.EDNS0_EDE // why it cannot be used (RFC 8914)
}

func (a *result) failed() bool { return a.rcode == dns.RcodeServerFailure }

// Resolve answers a question, from the cache where that has it. Unless checking
// is disabled, an answer that does not pass validation is SERVFAIL.
func (r *Resolver) Resolve(ctx context.Context, name string, rtype uint16, checkingDisabled bool) *dns.Msg {
	m := new(dns.Msg)
	m.SetQuestion(absolute(name), rtype)
	m.Response, m.RecursionAvailable = true, true
	a := r.resolve(ctx, dns.Question{Name: absolute(name), Qtype: rtype, Qclass: dns.ClassINET}, checkingDisabled)
	a.fill(m)
	return m
}

func (a *result) fill(m *dns.Msg) {
	m.Rcode, m.Answer, m.Ns = a.rcode, a.answer, a.authority
	m.AuthenticatedData = a.security == secure
}

// resolve answers a question and follows aliases.
func (r *Resolver) resolve(ctx context.Context, q dns.Question, checkingDisabled bool) *result {
	out := &result{security: secure}
	name := absolute(q.Name)
	for range maxAliases {
		a := r.lookup(ctx, name, q.Qtype)
		if a.security == bogus && !checkingDisabled {
			return &result{rcode: dns.RcodeServerFailure, fault: a.fault}
		}
		out.security = min(out.security, a.security)
		out.rcode, out.authority, out.fault = a.rcode, a.authority, a.fault
		out.answer = append(out.answer, a.answer...)
		next := aliasOf(a.answer, name)
		if next == "" || q.Qtype == dns.TypeCNAME || q.Qtype == dns.TypeANY {
			return out
		}
		name = next
	}
	return failure(dns.ExtendedErrorCodeOther, "too many aliases, or aliases in a circle")
}

// aliasOf gives where the name leads as an alias; empty where it is none.
func aliasOf(answer []dns.RR, name string) string {
	for _, rr := range answer {
		if c, ok := rr.(*dns.CNAME); ok && absolute(c.Hdr.Name) == name {
			return absolute(c.Target)
		}
	}
	return ""
}

// lookup gives one RRset, or the alias that stands in its place.
func (r *Resolver) lookup(ctx context.Context, name string, rtype uint16) *result {
	m := r.memory.Load()
	if a := m.cache.get(name, rtype); a != nil {
		return a
	}
	select {
	case r.queue <- struct{}{}:
		defer func() { <-r.queue }()
	default:
		return failure(dns.ExtendedErrorCodeOther, "too many questions at once")
	}
	found := m.same.DoChan(dns.TypeToString[rtype]+" "+name, func() (any, error) { return r.walk(m, name, rtype), nil })
	select {
	case f := <-found:
		a := *f.Val.(*result)
		return &a
	case <-ctx.Done():
		return failure(dns.ExtendedErrorCodeOther, "nobody waits for the answer")
	}
}

// walk finds an RRset once it is its turn.
func (r *Resolver) walk(m *memory, name string, rtype uint16) *result {
	r.walks.Add(1)
	defer r.walks.Done()
	ctx, cancel := context.WithTimeout(r.alive(), patience)
	defer cancel()
	select {
	case r.slots <- struct{}{}:
		defer func() { <-r.slots }()
	case <-ctx.Done():
		return failure(dns.ExtendedErrorCodeOther, "too many questions at once")
	}
	if to := r.Outside(); to.IsValid() && !r.cfg.holds(name) {
		return r.forward(ctx, m, to, name, rtype)
	}
	return (&walk{r: r, memory: m, work: new(int)}).find(ctx, name, rtype)
}

func failure(code uint16, why string) *result {
	return &result{rcode: dns.RcodeServerFailure, fault: &dns.EDNS0_EDE{InfoCode: code, ExtraText: why}}
}
