package vnet

import (
	"context"
	"net"
	"net/netip"
	"sync"

	"surel/protocols/wire"
)

// Listener is an open port of a host. The connections that it accepts are
// *Conn.
type Listener struct {
	net.Listener
	server wire.Endpoint
	forget func()

	mu       sync.Mutex
	settled  sync.Cond // pending or known changed
	pending  int       // dials of the lab that are under way
	known    map[netip.AddrPort]ends
	stopping bool

	closing sync.Once
	closed  error
}

// ends are both sides of a connection.
type ends struct{ client, server wire.Endpoint }

func newListener(inner net.Listener, server wire.Endpoint) *Listener {
	l := &Listener{Listener: inner, server: server, known: map[netip.AddrPort]ends{}}
	l.settled.L = &l.mu
	return l
}

// Endpoint gives the logical and the real address at which the port is open.
func (l *Listener) Endpoint() wire.Endpoint { return l.server }

// Conn is an accepted connection that knows both its ends.
type Conn struct {
	net.Conn
	client, server wire.Endpoint
}

// Endpoints gives the two ends. A client from outside the lab has no host, and
// its logical address is its real one.
func (c *Conn) Endpoints() (client, server wire.Endpoint) { return c.client, c.server }

// Accept waits for the next connection.
func (l *Listener) Accept() (net.Conn, error) {
	inner, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	e := l.caller(addrPort(inner.RemoteAddr()))
	return &Conn{Conn: inner, client: e.client, server: e.server}, nil
}

// caller finds who dialled from a real address. The kernel completes a
// connection before the dialling side has learnt its own port, so as long as a
// dial of the lab is under way an unknown address may still become known.
func (l *Listener) caller(remote netip.AddrPort) ends {
	l.mu.Lock()
	defer l.mu.Unlock()
	for {
		if e, ok := l.known[remote]; ok {
			delete(l.known, remote)
			return e
		}
		if l.pending == 0 || l.stopping {
			return ends{wire.Endpoint{Addr: remote, Real: remote}, l.server}
		}
		l.settled.Wait()
	}
}

func (l *Listener) dial(ctx context.Context, from wire.Endpoint, to netip.AddrPort) (net.Conn, error) {
	l.mu.Lock()
	l.pending++
	l.mu.Unlock()

	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", l.server.Real.String())

	l.mu.Lock()
	defer l.mu.Unlock()
	l.pending--
	if err == nil {
		from.Real = addrPort(conn.LocalAddr())
		from.Addr = netip.AddrPortFrom(from.Addr.Addr(), from.Real.Port())
		l.known[from.Real] = ends{from, wire.Endpoint{Host: l.server.Host, Addr: to, Real: l.server.Real}}
	}
	l.settled.Broadcast()
	return conn, err
}

// Close shuts the port. Connections that were accepted stay open. Only the
// first call does anything.
func (l *Listener) Close() error {
	l.closing.Do(func() {
		l.mu.Lock()
		l.stopping = true
		l.settled.Broadcast()
		l.mu.Unlock()
		l.forget()
		l.closed = l.Listener.Close()
	})
	return l.closed
}
