package dns

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"net/netip"
	"time"

	"github.com/miekg/dns"
	"golang.org/x/net/idna"

	"surel/protocols/dns/mx"
	"surel/server/vnet"
)

// Stub is the part of the name system that every host has: it asks a resolver
// and believes it (RFC 1034 §5.3.1).
type Stub struct {
	// Net is the network, Host the host that asks.
	Net  *vnet.Net
	Host string
}

// stubTime is how long a stub waits for its resolver.
const stubTime = 5 * time.Second

// MX answers a question of the MX algorithm.
func (s Stub) MX(ctx context.Context, q mx.Question) mx.Answer {
	name, err := idna.Lookup.ToASCII(q.Name)
	if err != nil || name == "" {
		return mx.Answer{Status: mx.NoName} // no name that the DNS could have
	}
	m, err := s.ask(ctx, name, dns.StringToType[string(q.Type)])
	if err != nil || m.Rcode != dns.RcodeSuccess && m.Rcode != dns.RcodeNameError {
		return mx.Answer{Status: mx.Failed}
	}
	return readAnswer(m)
}

func readAnswer(m *dns.Msg) mx.Answer {
	var a mx.Answer
	if m.Rcode == dns.RcodeNameError {
		a.Status = mx.NoName
	}
	for _, rr := range m.Answer {
		switch rr := rr.(type) {
		case *dns.CNAME:
			a.Aliases = append(a.Aliases, rr.Target)
		case *dns.MX:
			a.Exchanges = append(a.Exchanges, mx.Exchange{Preference: rr.Preference, Host: rr.Mx})
		case *dns.A:
			if addr, ok := ipv4(rr); ok {
				a.Addrs = append(a.Addrs, addr)
			}
		case *dns.AAAA:
			if addr, ok := netip.AddrFromSlice(rr.AAAA); ok {
				a.Addrs = append(a.Addrs, addr)
			}
		}
	}
	return a
}

func (s Stub) ask(ctx context.Context, name string, rtype uint16) (*dns.Msg, error) {
	ctx, cancel := context.WithTimeout(ctx, stubTime)
	defer cancel()
	query := new(dns.Msg).SetQuestion(dns.Fqdn(name), rtype)
	query.Id = uint16(rand.Uint32())
	query.SetEdns0(maxUDP, false)
	m, err := s.exchange(ctx, s.Net.DialUDP, query)
	if err == nil && m.Truncated {
		m, err = s.exchange(ctx, s.Net.Dial, query)
	}
	return m, err
}

func (s Stub) exchange(ctx context.Context, dial func(ctx context.Context, from, to string) (net.Conn, error), query *dns.Msg) (*dns.Msg, error) {
	conn, err := dial(ctx, s.Host, ResolverHost+":53")
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }()
	return converse(ctx, conn, query)
}

// converse sends a query and gives the message that answers it. Datagrams that
// do not are dropped: a forger may have guessed the port, and the true answer
// can still come (RFC 5452 §9.1).
func converse(ctx context.Context, conn net.Conn, query *dns.Msg) (*dns.Msg, error) {
	if deadline, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(deadline); err != nil {
			return nil, err
		}
	}
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	c := &dns.Conn{Conn: conn, UDPSize: dns.MaxMsgSize}
	_, stream := conn.RemoteAddr().(*net.TCPAddr)
	if !stream {
		c.Conn = packets{conn}
	}
	if err := c.WriteMsg(query); err != nil {
		return nil, err
	}
	for {
		m, err := c.ReadMsg()
		unreadable := m != nil || errors.Is(err, dns.ErrShortRead)
		switch {
		case err == nil && answers(m, query):
			return m, nil
		case !unreadable:
			return nil, err
		case stream:
			return nil, errNotAnAnswer
		}
	}
}
