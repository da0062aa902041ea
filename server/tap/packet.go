package tap

import (
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	"surel/protocols/wire"
)

// maxFlows is how many exchanges wait for an answer before the oldest is given
// up.
const maxFlows = 1000

// Packets is an open UDP port that tells who sends to it, such as a
// vnet.PacketConn.
type Packets interface {
	net.PacketConn
	Endpoint() wire.Endpoint
	Sender(real netip.AddrPort) wire.Endpoint
}

// PacketConn is a UDP port whose datagrams are recorded. What a client's socket
// sends and what it is answered, up to the last answer, is one connection of
// the log. It is safe for concurrent use.
type PacketConn struct {
	Packets
	log     *wire.Log
	service string

	mu    sync.Mutex
	flows map[netip.AddrPort]*flow
	order []netip.AddrPort // oldest first
}

// flow is an exchange with one client's socket.
type flow struct {
	rec  *wire.Recorder
	open int // queries that wait for their answers
}

// NewPacketConn records what a port takes and sends.
func NewPacketConn(p Packets, log *wire.Log, service string) *PacketConn {
	return &PacketConn{Packets: p, log: log, service: service, flows: map[netip.AddrPort]*flow{}}
}

// ReadFrom waits for a datagram.
func (p *PacketConn) ReadFrom(b []byte) (int, net.Addr, error) {
	n, from, err := p.Packets.ReadFrom(b)
	if err != nil {
		return n, from, err
	}
	if udp, ok := from.(*net.UDPAddr); ok {
		p.received(realAddr(udp), b[:n])
	}
	return n, from, nil
}

func realAddr(a *net.UDPAddr) netip.AddrPort {
	ap := a.AddrPort()
	return netip.AddrPortFrom(ap.Addr().Unmap(), ap.Port())
}

func (p *PacketConn) received(from netip.AddrPort, b []byte) {
	now := time.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	f := p.flows[from]
	if f == nil {
		f = &flow{rec: p.log.Open(wire.Conn{
			Service: p.service, Client: p.Sender(from), Server: p.Endpoint(), Opened: now, Datagrams: true,
		})}
		p.flows[from] = f
		p.order = append(p.order, from)
		if len(p.order) > maxFlows {
			p.end(p.order[0], now)
		}
	}
	f.open++
	f.rec.Record(now, wire.ClientToServer, b)
}

// WriteTo sends a datagram.
func (p *PacketConn) WriteTo(b []byte, to net.Addr) (int, error) {
	if udp, ok := to.(*net.UDPAddr); ok {
		p.sent(realAddr(udp), b)
	}
	return p.Packets.WriteTo(b, to)
}

func (p *PacketConn) sent(to netip.AddrPort, b []byte) {
	now := time.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	f := p.flows[to]
	if f == nil {
		return // given up; what is sent now answers nothing that is held
	}
	f.rec.Record(now, wire.ServerToClient, b)
	if f.open--; f.open <= 0 {
		p.end(to, now)
	}
}

// end forgets a flow.
func (p *PacketConn) end(which netip.AddrPort, now time.Time) {
	p.flows[which].rec.Close(now)
	delete(p.flows, which)
	i := slices.Index(p.order, which)
	p.order = slices.Delete(p.order, i, i+1)
}

// Close shuts the port.
func (p *PacketConn) Close() error {
	err := p.Packets.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.order) > 0 {
		p.end(p.order[0], time.Now())
	}
	return err
}
