package vnet

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"sync"

	"surel/protocols/wire"
)

// PacketConn is an open UDP port of a host. Who sends to it from the lab is
// known by its logical address.
type PacketConn struct {
	*net.UDPConn
	server wire.Endpoint
	forget func()

	mu    sync.Mutex
	known map[netip.AddrPort]wire.Endpoint
}

// Endpoint gives the logical and the real address at which the port is open.
func (p *PacketConn) Endpoint() wire.Endpoint { return p.server }

// Sender says who sends from a real address. A program from outside the lab has
// no host, and its logical address is its real one.
func (p *PacketConn) Sender(real netip.AddrPort) wire.Endpoint {
	p.mu.Lock()
	defer p.mu.Unlock()
	if e, ok := p.known[real]; ok {
		return e
	}
	return wire.Endpoint{Addr: real, Real: real}
}

// Close shuts the port.
func (p *PacketConn) Close() error {
	p.forget()
	return p.UDPConn.Close()
}

// ListenPair opens a port of a host for TCP and for UDP, both at the same real
// port: realPort where that is free and not zero, or a free one.
func (n *Net) ListenPair(ctx context.Context, host string, port, realPort uint16) (*Listener, *PacketConn, error) {
	const attempts = 10 // a port that is free for TCP need not be for UDP
	var err error
	for range attempts {
		var l *Listener
		if l, err = n.Listen(ctx, host, port, realPort); err != nil {
			return nil, nil, err
		}
		var p *PacketConn
		if p, err = n.listenPacket(ctx, l.server); err == nil {
			return l, p, nil
		}
		_ = l.Close()
		realPort = 0
	}
	return nil, nil, fmt.Errorf("listen for %s port %d, UDP: %w", host, port, err)
}

func (n *Net) listenPacket(ctx context.Context, at wire.Endpoint) (*PacketConn, error) {
	var lc net.ListenConfig
	inner, err := lc.ListenPacket(ctx, "udp4", at.Real.String())
	if err != nil {
		return nil, err
	}
	p := &PacketConn{UDPConn: inner.(*net.UDPConn), server: at, known: map[netip.AddrPort]wire.Endpoint{}}
	p.forget = func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		delete(n.packets, at.Addr)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.packets[at.Addr] = p
	return p, nil
}

// DialUDP gives a new socket of the host from for datagrams to and from
// another, "203.0.113.53:53" for instance. Datagrams from elsewhere do not
// arrive at it. Where nobody listens, datagrams are lost, as they are on other
// networks.
func (n *Net) DialUDP(ctx context.Context, from, to string) (net.Conn, error) {
	fromAddr, logical, err := n.between(from, to)
	if err != nil {
		return nil, fmt.Errorf("dial %s: %w", to, err)
	}
	n.mu.Lock()
	p := n.packets[logical]
	if p != nil && n.down[p.server.Host] {
		p = nil
	}
	n.mu.Unlock()
	if p == nil {
		return newVoid(), nil
	}
	var d net.Dialer
	conn, err := d.DialContext(ctx, "udp4", p.server.Real.String())
	if err != nil {
		return nil, fmt.Errorf("dial %s: %w", to, err)
	}
	real := conn.LocalAddr().(*net.UDPAddr).AddrPort()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.known[real] = wire.Endpoint{Host: from, Addr: netip.AddrPortFrom(fromAddr, real.Port()), Real: real}
	return &packetSocket{Conn: conn, to: p, real: real}, nil
}

// packetSocket is a client's UDP socket.
type packetSocket struct {
	net.Conn
	to   *PacketConn
	real netip.AddrPort
}

// Close closes the socket; its port may become another's.
func (s *packetSocket) Close() error {
	s.to.mu.Lock()
	delete(s.to.known, s.real)
	s.to.mu.Unlock()
	return s.Conn.Close()
}

// void is a socket to where nobody listens: it takes every datagram and gives
// none.
type void struct{ net.Conn }

func newVoid() net.Conn {
	here, _ := net.Pipe()
	return void{here}
}

// Write loses a datagram.
func (void) Write(b []byte) (int, error) { return len(b), nil }
