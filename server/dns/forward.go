package dns

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/miekg/dns"

	"surel/protocols/wire"
	"surel/server/tap"
)

// outsideTime is how long a resolver outside may take for one answer, so that
// two attempts fit into the patience of who waits.
const outsideTime = 1900 * time.Millisecond

// SetOutside lets the resolver ask another one, outside the lab, for every name
// that no zone of the lab holds. It begins and ends with an empty cache. The
// zero value ends it: then nothing leaves this machine, as at the start.
func (r *Resolver) SetOutside(to netip.AddrPort) {
	r.outside.Store(&to)
	r.Flush()
}

// Outside gives the resolver that is asked for names that the lab does not hold;
// the zero value where none is.
func (r *Resolver) Outside() netip.AddrPort {
	if to := r.outside.Load(); to != nil {
		return *to
	}
	return netip.AddrPort{}
}

// forward asks the resolver outside. What it says is not validated here.
func (r *Resolver) forward(ctx context.Context, m *memory, to netip.AddrPort, name string, rtype uint16) *result {
	a, err := r.fromOutside(ctx, to, dns.Question{Name: name, Qtype: rtype, Qclass: dns.ClassINET})
	if err != nil {
		a = failure(dns.ExtendedErrorCodeNetworkError, err.Error())
	}
	if ctx.Err() == nil {
		m.cache.put(name, rtype, a)
	}
	return a
}

func (r *Resolver) fromOutside(ctx context.Context, to netip.AddrPort, q dns.Question) (*result, error) {
	var m *dns.Msg
	var err error
	for range 2 { // a datagram may be lost
		if m, err = r.askOutside(ctx, "udp", to, q); err == nil {
			break
		}
	}
	if err == nil && m.Truncated {
		m, err = r.askOutside(ctx, "tcp", to, q)
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded) || isTimeout(err):
		return nil, fmt.Errorf("%s does not answer", to)
	case err != nil:
		return nil, fmt.Errorf("%s cannot be asked: %w", to, err)
	case m.Rcode != dns.RcodeSuccess && m.Rcode != dns.RcodeNameError:
		return nil, fmt.Errorf("%s says %s", to, dns.RcodeToString[m.Rcode])
	}
	a := &result{rcode: m.Rcode, answer: ownedBy(q.Name, m.Answer)}
	if len(a.answer) == 0 {
		a.authority = slices.DeleteFunc(m.Ns, func(rr dns.RR) bool { return rr.Header().Rrtype == dns.TypeNS })
	} else {
		a.rcode = dns.RcodeSuccess // where an alias leads is another question
	}
	return a, nil
}

func isTimeout(err error) bool {
	var t net.Error
	return errors.As(err, &t) && t.Timeout()
}

// ownedBy gives the records of one name.
func ownedBy(name string, records []dns.RR) []dns.RR {
	return slices.DeleteFunc(records, func(rr dns.RR) bool { return !strings.EqualFold(rr.Header().Name, name) })
}

func (r *Resolver) askOutside(ctx context.Context, network string, to netip.AddrPort, q dns.Question) (*dns.Msg, error) {
	ctx, cancel := context.WithTimeout(ctx, r.cfg.outsideTime)
	defer cancel()
	conn, err := r.cfg.leave(ctx, network, to)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }()
	query := &dns.Msg{MsgHdr: dns.MsgHdr{Id: uint16(rand.Uint32()), RecursionDesired: true}, Question: []dns.Question{q}}
	query.SetEdns0(maxUDP, false)
	m, err := converse(ctx, conn, query)
	if err != nil && ctx.Err() != nil {
		err = ctx.Err() // at its end the connection is closed
	}
	return m, err
}

// leave gives a socket of this machine to a server outside the lab, whose bytes
// are recorded as those of the lab's resolver.
func (s *System) leave(ctx context.Context, network string, to netip.AddrPort) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, to.String())
	if err != nil {
		return nil, err
	}
	real, err := netip.ParseAddrPort(conn.LocalAddr().String())
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	host, _ := s.cfg.Net.Addr(ResolverHost)
	client := wire.Endpoint{Host: ResolverHost, Addr: netip.AddrPortFrom(host, real.Port()), Real: real}
	return tap.NewOutside(conn, s.cfg.Log, service, client, to), nil
}

// holds tells whether a name lies in a zone of the lab other than the root and
// arpa, under which the names of others lie, too.
func (s *System) holds(name string) bool {
	for origin := range s.zones {
		if origin != "." && origin != "arpa." && dns.IsSubDomain(origin, name) {
			return true
		}
	}
	return false
}
