package dns

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/netip"
	"time"

	"github.com/miekg/dns"
)

// attemptTime is how long a server may take for one answer.
const attemptTime = 400 * time.Millisecond

var errNotAnAnswer = errors.New("what came does not answer the question")

// dial gives a socket of the resolver's host.
func (s *System) dial(ctx context.Context, network, to string) (net.Conn, error) {
	if network == "udp" {
		return s.cfg.Net.DialUDP(ctx, ResolverHost, to)
	}
	return s.cfg.Net.Dial(ctx, ResolverHost, to)
}

// ask sends a question to one address, over UDP, and over TCP where the answer
// was cut.
func (r *Resolver) ask(ctx context.Context, at netip.Addr, q dns.Question) (*dns.Msg, error) {
	m, err := r.exchange(ctx, "udp", at, q)
	if err == nil && m.Truncated {
		m, err = r.exchange(ctx, "tcp", at, q)
	}
	return m, err
}

func (r *Resolver) exchange(ctx context.Context, network string, at netip.Addr, q dns.Question) (*dns.Msg, error) {
	ctx, cancel := context.WithTimeout(ctx, attemptTime)
	defer cancel()
	conn, err := r.cfg.dial(ctx, network, netip.AddrPortFrom(at, port).String())
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }()
	query := &dns.Msg{MsgHdr: dns.MsgHdr{Id: uint16(rand.Uint32())}, Question: []dns.Question{q}}
	query.SetEdns0(maxUDP, true)
	m, err := converse(ctx, conn, query)
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", at, err)
	}
	return m, nil
}

// packets marks a connection as one of datagrams for the library.
type packets struct{ net.Conn }

// ReadFrom reads a datagram.
func (p packets) ReadFrom(b []byte) (int, net.Addr, error) {
	n, err := p.Read(b)
	return n, p.RemoteAddr(), err
}

// WriteTo sends a datagram to where the socket leads.
func (p packets) WriteTo(b []byte, _ net.Addr) (int, error) { return p.Write(b) }

// answers tells whether a message answers a query: the same id and the same
// question (RFC 5452 §4.2, §4.3).
func answers(m, query *dns.Msg) bool {
	if !m.Response || m.Id != query.Id || m.Opcode != dns.OpcodeQuery || len(m.Question) != 1 {
		return false
	}
	got, want := m.Question[0], query.Question[0]
	return absolute(got.Name) == absolute(want.Name) && got.Qtype == want.Qtype && got.Qclass == want.Qclass
}
