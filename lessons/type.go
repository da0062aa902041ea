package lessons

import (
	"context"
	"errors"
	"fmt"
)

// Type sends what a person has typed, byte for byte: the line's CRLF is the
// caller's to add. Where the protocol owes a reply to it, Type waits for the
// reply; what was said stands in the lab's log and, also inside TLS, in Plain.
//
// Before the first line it opens the connection, as the script does. Once the
// server has agreed to STARTTLS it does the TLS handshake. On a connection that
// has ended it gives ErrClosed; Reconnect opens a new one.
func (r *Runner) Type(ctx context.Context, line []byte) error {
	return r.inTurn(ctx, func(ctx context.Context) error {
		name := r.Typist()
		if r.scenario.asks(name) {
			return r.typeQuestion(ctx, name, string(line))
		}
		c := r.connection(name)
		if c == nil {
			if err := r.connect(ctx, name); err != nil {
				return err
			}
			c = r.connection(name)
		}
		return r.say(ctx, c, line)
	})
}

// typeQuestion asks what a person has typed and waits for the answer.
func (r *Runner) typeQuestion(ctx context.Context, name, text string) error {
	if err := r.askName(ctx, name, text); err != nil {
		return err
	}
	c := r.connection(name)
	if _, err := c.reply(ctx); err != nil {
		return fmt.Errorf("wait for %s: %w", c.Server, err)
	}
	return nil
}

// Reconnect opens a new connection for what is typed next, in place of the one
// there is. The script stays where it is.
func (r *Runner) Reconnect(ctx context.Context) error {
	return r.inTurn(ctx, func(ctx context.Context) error {
		if r.scenario.asks(r.Typist()) {
			return nil // each question has a socket of its own
		}
		return r.connect(ctx, r.Typist())
	})
}

// Typist names the client for which a person types: the one that SpeakAs gave,
// otherwise the one whose turn it is.
func (r *Runner) Typist() string {
	r.mu.Lock()
	chosen := r.typist
	r.mu.Unlock()
	if chosen != "" {
		return chosen
	}
	if a, ok := r.Upcoming(); ok {
		return a.Client
	}
	return r.scenario.Actions[len(r.scenario.Actions)-1].Client
}

// SpeakAs says for which client of the scenario a person types from now on, until
// the script's next action is carried out.
func (r *Runner) SpeakAs(client string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.typist = client
}

// HungUp tells whether the connection of a client has ended.
func (r *Runner) HungUp(client string) bool {
	c := r.connection(client)
	return c != nil && errors.Is(r.ended(c), ErrClosed)
}

// connect opens a client's connection as the script does the first time, with
// the TLS handshake that follows at once where there is one. Where the script
// is about to do just that, it moves on.
func (r *Runner) connect(ctx context.Context, name string) error {
	if c := r.connection(name); c != nil {
		c.heard = len(c.read.Messages()) // nobody waits for what it still says
	}
	begun := false
	for i := range r.scenario.Actions {
		a := &r.scenario.Actions[i]
		switch {
		case a.Client != name:
			continue
		case begun && a.Kind != TLS:
			return nil
		}
		begun = true
		if err := r.act(ctx, a, func() { r.pass(i) }); err != nil {
			return err
		}
	}
	return nil
}

// pass moves the script on where the i-th action is its next.
func (r *Runner) pass(i int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.next == i {
		r.next++
	}
}

// say sends a line and waits for the reply that is owed to it.
func (r *Runner) say(ctx context.Context, c *connection, line []byte) error {
	if err := r.ended(c); err != nil {
		return err
	}
	if err := c.send(ctx, line); err != nil {
		return fmt.Errorf("send to %s: %w", c.Server, err)
	}
	for c.owed() && !c.upgraded() {
		if err := c.receive(ctx); err != nil {
			return fmt.Errorf("wait for %s: %w", c.Server, err)
		}
	}
	c.heard = len(c.read.Messages())
	if t, ok := c.turns.(*imapTurns); ok {
		c.literal.answered(t.more)
	}
	if c.upgraded() {
		return r.secure(ctx, c, r.scenario.handshake(c.Name))
	}
	return nil
}

// ended tells by the lab's log whether the server has closed the connection,
// before a line is sent into the void.
func (r *Runner) ended(c *connection) error {
	local := addrPort(c.raw.LocalAddr())
	r.Conns() // finds the numbers
	r.mu.Lock()
	defer r.mu.Unlock()
	i := len(r.opened) - 1 // the newest, because ports are used again
	for i >= 0 && r.opened[i].local != local {
		i--
	}
	if i < 0 || r.opened[i].id == 0 {
		return nil
	}
	if conn, ok := r.lab.Log().Conn(r.opened[i].id); ok && !conn.Closed.IsZero() {
		return ErrClosed
	}
	return nil
}
