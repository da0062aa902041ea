package lessons

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"time"

	"surel/protocols"
	"surel/protocols/wire"
)

// ErrClosed says that the connection has ended, so that nothing more can be
// sent on it.
var ErrClosed = errors.New("the connection is closed; open a new one to go on")

// errSilent says that a reply did not come in time.
var errSilent = errors.New("no reply came in time")

// connection is a client's connection. It reads only while something is
// awaited, so that it needs no goroutine of its own.
type connection struct {
	Client
	// raw is the TCP connection; conn is what is spoken on, raw or TLS over it.
	raw, conn net.Conn
	// read decodes what the client says and hears in the clear; plain records
	// it. A handshake starts both anew.
	read  *protocols.Conversation
	plain *wire.Recorder
	// heard counts the messages of read that were taken as replies or passed
	// over.
	heard int
	// turns follows whose turn it is; seen counts the messages it was shown.
	turns turns
	seen  int
	// literal follows what IMAP counts; other protocols have none.
	literal literal
	// datagrams tells that each write and read is one datagram; answer is what
	// the response to a question says, once it was awaited.
	datagrams bool
	answer    string
	// ended tells that the server has closed the connection.
	ended    bool
	patience time.Duration
}

// start begins to read and record, at the opening and after a handshake.
func (c *connection) start(plain *wire.Log) error {
	p, ok := protocols.ByID(c.Protocol)
	if !ok {
		return fmt.Errorf("no protocol is called %q", c.Protocol)
	}
	c.stop()
	spoken := c.read != nil && c.read.Len() > 0 // before the handshake
	c.read, c.heard = protocols.NewConversationOf(p), 0
	c.seen, c.turns = 0, turnsOf(c.Protocol)
	host, port, _ := net.SplitHostPort(c.Server)
	number, _ := strconv.ParseUint(port, 10, 16)
	c.plain = plain.Open(wire.Conn{
		Service: p.Services[0],
		Client:  wire.Endpoint{Host: c.Host, Real: addrPort(c.raw.LocalAddr())},
		Server: wire.Endpoint{
			Host: host,
			Addr: netip.AddrPortFrom(netip.Addr{}, uint16(number)),
			Real: addrPort(c.raw.RemoteAddr()),
		},
		InTLS: c.conn != c.raw, AfterUpgrade: c.conn != c.raw && spoken,
		Opened: time.Now(), Datagrams: c.datagrams,
	})
	if c.datagrams {
		c.read.Datagrams()
	}
	if c.conn != c.raw {
		c.read.Protect(spoken)
	}
	return nil
}

// stop ends the recording.
func (c *connection) stop() {
	if c.plain != nil {
		c.plain.Close(time.Now())
	}
}

// addrPort gives the address of a socket; zero for what is none of TCP or UDP.
func addrPort(a net.Addr) netip.AddrPort {
	t, ok := a.(interface{ AddrPort() netip.AddrPort })
	if !ok {
		return netip.AddrPort{}
	}
	ap := t.AddrPort()
	return netip.AddrPortFrom(ap.Addr().Unmap(), ap.Port())
}

// take records and decodes bytes that have crossed.
func (c *connection) take(d wire.Dir, b []byte) {
	now := time.Now()
	c.plain.Record(now, d, b)
	c.read.Feed(wire.Segment{Time: now, Dir: d, Bytes: b})
}

// upgraded tells whether what follows must be TLS.
func (c *connection) upgraded() bool {
	return c.read.ProtocolOf(len(c.read.Messages())).ID != c.Protocol
}

// secure does the TLS handshake. On a connection that has done it, it does
// nothing.
func (c *connection) secure(ctx context.Context, cfg *tls.Config, plain *wire.Log) error {
	if c.conn != c.raw {
		return nil
	}
	done, err := c.within(ctx)
	if err != nil {
		return err
	}
	defer done()
	over := tls.Client(c.raw, cfg)
	if err := over.HandshakeContext(ctx); err != nil {
		c.end()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("TLS handshake with %s: %w", c.Server, err)
	}
	c.conn = over
	return c.start(plain)
}

// end notes that nothing more will come.
func (c *connection) end() {
	c.ended = true
	c.stop()
	c.close()
}

// close ends the connection without a word. It may be called while another
// goroutine waits on the connection.
func (c *connection) close() { _ = c.raw.Close() }
