package tap

import (
	"net"
	"sync"
	"time"

	"surel/protocols/wire"
)

// Options are what a tapped port keeps to. Zero values set no limit.
type Options struct {
	// Service is the name by which IANA registers the port.
	Service string
	// Idle is how long a connection may stay silent.
	Idle time.Duration
	// MaxConns is how many connections may be open at once.
	MaxConns int
	// Refusal is what one connection too many is told before it is closed.
	Refusal string
}

// Listener accepts connections and taps them.
type Listener struct {
	net.Listener
	log *wire.Log
	opt Options

	mu    sync.Mutex
	conns map[*Conn]struct{}
}

// NewListener taps the connections of l, which must know their two ends as
// those of vnet do; of others the log holds only the real addresses.
func NewListener(l net.Listener, log *wire.Log, o Options) *Listener {
	return &Listener{Listener: l, log: log, opt: o, conns: map[*Conn]struct{}{}}
}

// endpointer is a connection that knows its two ends.
type endpointer interface {
	Endpoints() (client, server wire.Endpoint)
}

// Accept gives the next connection that is within the limit, a *Conn.
func (l *Listener) Accept() (net.Conn, error) {
	for {
		inner, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if c, ok := l.open(inner); ok {
			return c, nil
		}
	}
}

func (l *Listener) open(inner net.Conn) (*Conn, bool) {
	c := &Conn{Conn: inner, idle: l.opt.Idle}
	c.release = func() { l.release(c) }
	if e, ok := inner.(endpointer); ok {
		c.client, c.server = e.Endpoints()
	}
	c.rec = l.log.Open(wire.Conn{
		Service: l.opt.Service, Client: c.client, Server: c.server, Opened: time.Now(),
	})

	l.mu.Lock()
	full := l.opt.MaxConns > 0 && len(l.conns) >= l.opt.MaxConns
	if !full {
		l.conns[c] = struct{}{}
	}
	l.mu.Unlock()
	if full {
		_, _ = c.Write([]byte(l.opt.Refusal))
		_ = c.Close()
	}
	return c, !full
}

func (l *Listener) release(c *Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.conns, c)
}

// CloseConns closes every connection that is open.
func (l *Listener) CloseConns() {
	l.mu.Lock()
	open := make([]*Conn, 0, len(l.conns))
	for c := range l.conns {
		open = append(open, c)
	}
	l.mu.Unlock()
	for _, c := range open {
		_ = c.Close()
	}
}
