package lessons

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// act carries out an action, calls done when it has been, and waits for what
// must come of it.
func (r *Runner) act(ctx context.Context, a *Action, done func()) error {
	r.asked = newestConn(r.lab.Log())
	c := r.connection(a.Client)
	if c != nil {
		if err := r.unnamed(c, a); err != nil {
			done()
			return err
		}
	}
	err := r.perform(ctx, c, a)
	if mismatch, expected := r.failed(a, err); expected {
		if mismatch != nil {
			return mismatch
		}
		err = nil
	}
	if err != nil {
		return fmt.Errorf("%s:%d: %w", r.scenario.File, a.Line, err)
	}
	done()
	for i := range a.Expects {
		if err := r.await(ctx, a, &a.Expects[i]); err != nil {
			return err
		}
	}
	return nil
}

// unnamed gives a mismatch where a reply has come that the script does not
// name.
func (r *Runner) unnamed(c *connection, a *Action) error {
	m, ok := c.leftOver()
	if !ok {
		return nil
	}
	return r.mismatch(a, a.Line, "no further reply", string(m.Raw))
}

// perform does what the client does in the action.
func (r *Runner) perform(ctx context.Context, c *connection, a *Action) error {
	switch {
	case a.Kind == Wait:
		return pause(ctx, a.Pause)
	case r.scenario.asks(a.Client):
		return r.askName(ctx, a.Client, a.Lines[0].Text)
	case a.Kind == Open:
		return r.open(ctx, a.Client)
	case c == nil:
		return fmt.Errorf("%s has no connection: %w", a.Client, ErrClosed)
	case a.Kind == TLS:
		return r.secure(ctx, c, a.Handshake)
	case a.Kind == Close:
		c.end()
		return nil
	}
	err := c.send(ctx, a.Bytes())
	if len(a.Expects) > 0 && (errors.Is(err, ErrClosed) || errors.Is(err, errSilent)) {
		return nil // what was expected will tell
	}
	return err
}

// pause lets time pass.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// open connects a client to its server.
func (r *Runner) open(ctx context.Context, name string) error {
	client, ok := r.scenario.Client(name)
	if !ok {
		return fmt.Errorf("no client is called %q", name)
	}
	return r.openWith(ctx, client, r.lab.Dial, false)
}

// openWith connects a client, and closes what it had open before.
func (r *Runner) openWith(ctx context.Context, client Client, dial dialer, datagrams bool) error {
	ctx, cancel := context.WithTimeout(ctx, r.patience)
	defer cancel()
	newest := newestConn(r.lab.Log())
	conn, err := dial(ctx, client.Host, client.Server)
	if err != nil {
		return fmt.Errorf("connect %s to %s: %w", client.Host, client.Server, err)
	}
	c := &connection{Client: client, raw: conn, conn: conn, patience: r.patience, datagrams: datagrams}
	if err := c.start(r.plain); err != nil {
		c.close()
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		c.close()
		return ErrClosed
	}
	if old := r.conns[client.Name]; old != nil {
		old.close()
		old.stop()
	}
	r.conns[client.Name] = c
	r.opened = append(r.opened, opened{local: addrPort(conn.LocalAddr()), after: newest})
	return nil
}

// await waits for one thing that must come of an action.
func (r *Runner) await(ctx context.Context, a *Action, e *Expectation) error {
	var got string
	var err error
	switch e.Kind {
	case Reply:
		got, err = r.awaitReply(ctx, a, e)
	case Closed:
		got, err = r.awaitEnd(ctx, a)
	case Asks:
		got, err = r.awaitAsked(a, e)
	case Fails: // the action itself has told
	default:
		got, err = r.awaitLetters(ctx, a, e)
	}
	if err != nil || got == "" {
		return err
	}
	return r.mismatch(a, e.Line, e.String(), got)
}

func (r *Runner) mismatch(a *Action, line int, expected, got string) error {
	return &Mismatch{File: r.scenario.File, Line: line, Action: *a, Expected: expected, Got: got}
}

// awaitReply waits for a reply and gives what came where it is another.
func (r *Runner) awaitReply(ctx context.Context, a *Action, e *Expectation) (string, error) {
	c := r.connection(a.Client)
	if c == nil {
		return ErrClosed.Error(), nil
	}
	said := c.said
	if r.scenario.asks(a.Client) {
		said = c.answered
	}
	reply, err := said(ctx, e.Text)
	switch {
	case errors.Is(err, ErrClosed) || errors.Is(err, errSilent):
		return err.Error(), ctx.Err()
	case err != nil:
		return "", err
	case !matches(e.Text, []byte(reply)):
		return reply, nil
	}
	return "", nil
}

// awaitEnd waits until the server closes the connection and gives what came
// where it does something else.
func (r *Runner) awaitEnd(ctx context.Context, a *Action) (string, error) {
	c := r.connection(a.Client)
	if c == nil {
		return "", nil
	}
	m, err := c.replyLike(ctx, "")
	switch {
	case errors.Is(err, ErrClosed):
		return "", ctx.Err()
	case errors.Is(err, errSilent):
		return "the connection is still open", nil
	case err != nil:
		return "", err
	}
	return string(m.Raw), nil
}
