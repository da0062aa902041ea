// Package vnet is the lab's virtual network: hosts with names and addresses
// that exist nowhere else, over sockets of this machine's loopback interface.
// Start with Net: Listen opens a host's port, Dial connects one host with
// another, and both ends know each other by their logical names.
//
// Names are under .test (RFC 6761), addresses come from the documentation
// blocks (RFC 5737), so nothing here can be taken for somebody's host.
package vnet

import (
	"context"
	"fmt"
	"maps"
	"net"
	"net/netip"
	"strconv"
	"sync"

	"surel/protocols/wire"
)

// loopback is where every socket of the lab lives; nothing outside this
// machine reaches it.
var loopback = netip.AddrFrom4([4]byte{127, 0, 0, 1})

// Host is a machine of the virtual network.
type Host struct {
	Name string
	Addr netip.Addr
	// Addr6 is its IPv6 address; the zero value where it has none.
	Addr6 netip.Addr
}

// Net is a virtual network. It is safe for concurrent use.
type Net struct {
	hosts map[string]Host

	mu        sync.Mutex
	listeners map[netip.AddrPort]*Listener
	packets   map[netip.AddrPort]*PacketConn
	down      map[string]bool
}

// New makes a network of hosts on which nobody listens yet.
func New(hosts ...Host) *Net {
	n := &Net{hosts: map[string]Host{}, listeners: map[netip.AddrPort]*Listener{}, packets: map[netip.AddrPort]*PacketConn{}, down: map[string]bool{}}
	for _, h := range hosts {
		n.hosts[h.Name] = h
	}
	return n
}

// SetDown takes a host off the network for those who dial it, or brings it back.
// Connections that are open stay so.
func (n *Net) SetDown(host string, down bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if down {
		n.down[host] = true
	} else {
		delete(n.down, host)
	}
}

// Addr gives the logical address of a host; false for a name that the network
// does not have.
func (n *Net) Addr(host string) (netip.Addr, bool) {
	h, ok := n.hosts[host]
	return h.Addr, ok
}

// Listen opens a logical port of a host on the real port of the loopback
// interface, or on a free one where it is zero or taken.
func (n *Net) Listen(ctx context.Context, host string, port, realPort uint16) (*Listener, error) {
	at, ok := n.hosts[host]
	if !ok {
		return nil, fmt.Errorf("listen on %s: the network has no such host", host)
	}
	logical := netip.AddrPortFrom(at.Addr, port)
	var lc net.ListenConfig
	inner, err := lc.Listen(ctx, "tcp", netip.AddrPortFrom(loopback, realPort).String())
	if err != nil && realPort != 0 {
		inner, err = lc.Listen(ctx, "tcp", netip.AddrPortFrom(loopback, 0).String())
	}
	if err != nil {
		return nil, fmt.Errorf("listen for %s port %d: %w", host, port, err)
	}
	l := newListener(inner, wire.Endpoint{Host: host, Addr: logical, Real: addrPort(inner.Addr())})
	l.forget = func() { n.remove(l) }

	n.mu.Lock()
	defer n.mu.Unlock()
	if n.listeners[logical] != nil {
		_ = inner.Close()
		return nil, fmt.Errorf("listen on %s port %d: somebody listens there already", host, port)
	}
	n.listeners[logical] = l
	if at.Addr6.IsValid() {
		n.listeners[netip.AddrPortFrom(at.Addr6, port)] = l
	}
	return l, nil
}

func (n *Net) remove(l *Listener) {
	n.mu.Lock()
	defer n.mu.Unlock()
	maps.DeleteFunc(n.listeners, func(_ netip.AddrPort, known *Listener) bool { return known == l })
}

// Dial connects host from with to, "name:port" or "address:port" in logical
// terms. The other end knows the caller by its logical name.
func (n *Net) Dial(ctx context.Context, from, to string) (net.Conn, error) {
	fromAddr, logical, err := n.between(from, to)
	if err != nil {
		return nil, fmt.Errorf("dial %s: %w", to, err)
	}
	n.mu.Lock()
	l := n.listeners[logical]
	if l != nil && n.down[l.server.Host] {
		l = nil
	}
	n.mu.Unlock()
	if l == nil {
		return nil, fmt.Errorf("dial %s: connection refused: nobody listens there", to)
	}
	conn, err := l.dial(ctx, wire.Endpoint{Host: from, Addr: netip.AddrPortFrom(fromAddr, 0)}, logical)
	if err != nil {
		return nil, fmt.Errorf("dial %s: %w", to, err)
	}
	return conn, nil
}

// between gives the logical addresses between which a host reaches another.
func (n *Net) between(from, to string) (source netip.Addr, target netip.AddrPort, err error) {
	if target, err = n.resolve(to); err == nil {
		source, err = n.source(from, target.Addr())
	}
	return source, target, err
}

// source gives the address from which a host sends to another: one of the same
// family.
func (n *Net) source(from string, to netip.Addr) (netip.Addr, error) {
	h, ok := n.hosts[from]
	switch {
	case !ok:
		return netip.Addr{}, fmt.Errorf("the network has no host %s", from)
	case to.Is4():
		return h.Addr, nil
	case !h.Addr6.IsValid():
		return netip.Addr{}, fmt.Errorf("network is unreachable: %s has no IPv6 address", from)
	}
	return h.Addr6, nil
}

func (n *Net) resolve(to string) (netip.AddrPort, error) {
	host, service, err := net.SplitHostPort(to)
	if err != nil {
		return netip.AddrPort{}, err
	}
	port, err := strconv.ParseUint(service, 10, 16)
	if err != nil {
		return netip.AddrPort{}, fmt.Errorf("port %q is no number from 1 to 65535", service)
	}
	addr := n.hosts[host].Addr
	if !addr.IsValid() {
		if addr, err = netip.ParseAddr(host); err != nil {
			return netip.AddrPort{}, fmt.Errorf("the network has no host %s", host)
		}
	}
	return netip.AddrPortFrom(addr, uint16(port)), nil
}

func addrPort(a net.Addr) netip.AddrPort {
	if tcp, ok := a.(*net.TCPAddr); ok {
		ap := tcp.AddrPort()
		return netip.AddrPortFrom(ap.Addr().Unmap(), ap.Port())
	}
	return netip.AddrPort{}
}
