package lessons

import (
	"bytes"
	"context"
	"errors"
	"os"
	"time"

	"surel/protocols/imap"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// within bounds what follows on the connection by the context and the
// patience, until the function it gives is called.
func (c *connection) within(ctx context.Context) (done func() bool, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := c.raw.SetDeadline(time.Now().Add(c.patience)); err != nil {
		return nil, c.failed(ctx, err)
	}
	return context.AfterFunc(ctx, func() { _ = c.raw.SetDeadline(time.Unix(1, 0)) }), nil
}

// failed gives what an error of the connection means.
func (c *connection) failed(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, os.ErrDeadlineExceeded):
		return errSilent
	}
	c.end() // end of file, reset, or closed by Close
	return ErrClosed
}

// send puts bytes on the wire.
func (c *connection) send(ctx context.Context, b []byte) error {
	if c.ended {
		return ErrClosed
	}
	done, err := c.within(ctx)
	if err != nil {
		return err
	}
	defer done()
	if _, err := c.conn.Write(b); err != nil {
		return c.failed(ctx, err)
	}
	c.take(wire.ClientToServer, b)
	c.literal.sent(b)
	return nil
}

// receive waits for what the server says next.
func (c *connection) receive(ctx context.Context) error {
	if c.ended {
		return ErrClosed
	}
	done, err := c.within(ctx)
	if err != nil {
		return err
	}
	defer done()
	b := make([]byte, 4096) // more than any datagram that a client asks for
	n, err := c.conn.Read(b)
	if n > 0 {
		c.take(wire.ServerToClient, b[:n:n])
		return nil
	}
	return c.failed(ctx, err)
}

// heardReply gives the next reply that has come and was not yet taken.
func (c *connection) heardReply() (message.Message, bool) {
	for messages := c.read.Messages(); c.heard < len(messages); {
		m := messages[c.heard]
		c.heard++
		if m.Dir == wire.ServerToClient {
			return m, true
		}
	}
	return message.Message{}, false
}

// unasked tells whether the script may leave the reply out: an untagged
// response of IMAP.
func (c *connection) unasked(m *message.Message) bool {
	return c.Protocol == imap.ID && bytes.HasPrefix(m.Raw, []byte(untaggedMark))
}

// leftOver gives the next reply that has come and that the script should have
// named.
func (c *connection) leftOver() (message.Message, bool) {
	for {
		m, ok := c.heardReply()
		if !ok || !c.unasked(&m) {
			return m, ok
		}
	}
}

// replyLike waits for the next reply that matches the pattern, or that the
// script may not leave out. No reply matches an empty pattern.
func (c *connection) replyLike(ctx context.Context, pattern string) (message.Message, error) {
	for {
		m, err := c.reply(ctx)
		if err != nil || !c.unasked(&m) || pattern != "" && matches(pattern, m.Raw) {
			return m, err
		}
	}
}

// said gives the bytes of the reply that replyLike gives.
func (c *connection) said(ctx context.Context, pattern string) (string, error) {
	m, err := c.replyLike(ctx, pattern)
	return string(m.Raw), err
}

// reply waits for the next reply.
func (c *connection) reply(ctx context.Context) (message.Message, error) {
	for {
		if m, ok := c.heardReply(); ok {
			return m, nil
		}
		if err := c.receive(ctx); err != nil {
			return message.Message{}, err
		}
	}
}
