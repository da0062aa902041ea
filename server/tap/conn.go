// Package tap lets a server's sockets write what they carry to a wire.Log. The
// tap sits under TLS, so the log holds what an eavesdropper would see; KeyLog
// adds the secrets that open it. Start with NewListener.
//
// The tap also keeps the limits that a server on strange networks needs and
// that protocol libraries leave out: how many connections at once, and how
// long one may stay silent at any point of the conversation.
package tap

import (
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"surel/protocols/wire"
)

const (
	// maxPending is how many bytes wait for the next read before they are
	// sent all the same.
	maxPending = 16 << 10
	// closeGrace is how long Close tries to send what still waits. On a busy machine a
	// moment can pass before the first try, and a write whose time is over is not tried.
	closeGrace = time.Second
)

// Conn records what it carries. Writes are gathered until the server reads
// again, which is when it has said all it has to say: so a reply of many lines
// and the replies to a pipelined group leave in one segment, as RFC 2920 §3.2
// asks for. What is written while a read waits, as to an idling IMAP client,
// leaves at once.
//
// The time limits are the tap's. A deadline that a protocol library sets for
// reading counts where it is the earlier one; for writing it does nothing.
type Conn struct {
	net.Conn
	rec            *wire.Recorder
	client, server wire.Endpoint
	idle           time.Duration
	release        func()

	reading, writing deadline

	deadline atomic.Int64 // for reading, set from above: nanoseconds since 1970; zero: none

	timeouts int         // how many reads have failed for silence; only the reading side looks
	ended    atomic.Bool // no further byte will come

	sending sync.Mutex
	pending []byte
	waiting bool // a read waits for the peer

	closing sync.Once
	closed  error
}

// Client gives the end that opened the connection.
func (c *Conn) Client() wire.Endpoint { return c.client }

// Server gives the end that accepted the connection.
func (c *Conn) Server() wire.Endpoint { return c.server }

// Ended tells whether a read has met the end of what the peer sent, or given
// up waiting for it.
func (c *Conn) Ended() bool { return c.ended.Load() }

// Read sends what waits, then reads and records. A read that takes longer than
// the time limit fails with a timeout, and so does the next, at once; from then
// on the connection reads as ended. It takes two because bufio swallows the
// first where half a line has come, and the server is to learn of it once.
func (c *Conn) Read(b []byte) (int, error) {
	if err := c.wait(); err != nil {
		return 0, err
	}
	defer c.goOn()
	switch {
	case c.timeouts == 1:
		c.timeouts++
		return 0, os.ErrDeadlineExceeded
	case c.timeouts > 1:
		return 0, io.EOF
	}
	// Renewed with every read, so a long letter may take as long as it needs
	// and a stalled one may not.
	if err := c.reading.renew(c.Conn.SetReadDeadline, time.Now(), c.patience()); err != nil {
		return 0, err
	}
	n, err := c.Conn.Read(b)
	if n > 0 {
		c.rec.Record(time.Now(), wire.ClientToServer, b[:n])
	}
	if err != nil {
		c.ended.Store(true)
		if errors.Is(err, os.ErrDeadlineExceeded) {
			c.timeouts++
		}
	}
	return n, err
}

// wait sends what was gathered and lets writes leave at once until goOn.
func (c *Conn) wait() error {
	c.sending.Lock()
	defer c.sending.Unlock()
	c.waiting = true
	return c.send(c.idle)
}

func (c *Conn) goOn() {
	c.sending.Lock()
	defer c.sending.Unlock()
	c.waiting = false
}

// Write gathers b; see Conn. An error shows at the next Read.
func (c *Conn) Write(b []byte) (int, error) {
	c.sending.Lock()
	defer c.sending.Unlock()
	c.pending = append(c.pending, b...)
	if c.waiting || len(c.pending) >= maxPending {
		if err := c.send(c.idle); err != nil {
			return 0, err
		}
	}
	return len(b), nil
}

// patience gives how long the next read may take; zero stands for ever.
func (c *Conn) patience() time.Duration {
	at := c.deadline.Load()
	if at == 0 {
		return c.idle
	}
	left := max(time.Until(time.Unix(0, at)), time.Nanosecond)
	if c.idle == 0 {
		return left
	}
	return min(left, c.idle)
}

// SetDeadline is SetReadDeadline; see Conn.
func (c *Conn) SetDeadline(t time.Time) error { return c.SetReadDeadline(t) }

// SetReadDeadline counts from the next read on; see Conn.
func (c *Conn) SetReadDeadline(t time.Time) error {
	var at int64
	if !t.IsZero() {
		at = t.UnixNano()
	}
	c.deadline.Store(at)
	return nil
}

// SetWriteDeadline does nothing; see Conn.
func (c *Conn) SetWriteDeadline(time.Time) error { return nil }

// RemoteAddr gives the client's real address. It is an *Addr, by which KeyLog
// finds the connection through whatever a library wraps around it.
func (c *Conn) RemoteAddr() net.Addr { return &Addr{c.Conn.RemoteAddr(), c} }

// Addr is the real address of a tapped connection's client.
type Addr struct {
	net.Addr
	conn *Conn
}

// send needs the lock. What it sends is recorded first, so whoever has
// received a reply finds it in the log.
func (c *Conn) send(limit time.Duration) error {
	if len(c.pending) == 0 {
		return nil
	}
	now := time.Now()
	if err := c.writing.renew(c.Conn.SetWriteDeadline, now, limit); err != nil {
		return err
	}
	c.rec.Record(now, wire.ServerToClient, c.pending)
	_, err := c.Conn.Write(c.pending)
	c.pending = c.pending[:0]
	return err
}

// Close sends what waits and closes. Only the first call does anything.
func (c *Conn) Close() error {
	c.closing.Do(func() {
		// Where another goroutine is stuck in a send, closing frees it.
		if c.sending.TryLock() {
			_ = c.send(closeGrace)
			c.sending.Unlock()
		}
		c.rec.Close(time.Now())
		c.release()
		c.closed = c.Conn.Close()
	})
	return c.closed
}
