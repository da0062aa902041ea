package lessons

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"sync"
	"time"

	"surel/protocols/wire"
)

// patience is how long a reply, a handshake or a delivery may take.
const patience = 10 * time.Second

// ErrDone says that the script has no further action.
var ErrDone = errors.New("the scenario is at its end; run it again or type commands of your own")

// Runner plays a scenario against a lab, one action at a time. Next carries
// out what the script says, Type what a person says. One of them runs at a
// time; a second call waits its turn. Everything else may be called at any
// moment and does not wait.
//
// An action whose context is cancelled cannot be taken up again: it ends the
// run, as Close does.
type Runner struct {
	lab      Lab
	scenario Scenario
	patience time.Duration
	// plain is what the clients said and heard in the clear.
	plain *wire.Log
	// turn holds a value while an action runs.
	turn chan struct{}

	mu   sync.Mutex
	next int
	// typist is the client for which a person types; empty for the one whose turn
	// it is.
	typist string
	closed bool
	// cancel stops the action that runs.
	cancel context.CancelFunc
	conns  map[string]*connection // by client
	// sessions are the tickets of earlier connections.
	sessions tls.ClientSessionCache
	opened   []opened
	// newest is the newest connection in the lab's log when the run began.
	newest wire.ConnID
	// asked is the newest one when the action that runs began.
	asked wire.ConnID
	// before counts the letters of each mailbox when the run began.
	before map[string]int
}

// NewRunner makes a runner at the start of the scenario. It starts nothing.
func NewRunner(lab Lab, s Scenario) *Runner {
	return &Runner{
		lab: lab, scenario: s, patience: patience,
		plain: wire.NewLog(wire.Limits{}),
		turn:  make(chan struct{}, 1),
		conns: map[string]*connection{}, sessions: tls.NewLRUClientSessionCache(8),
	}
}

// Upcoming gives the next action of the script; false at its end.
func (r *Runner) Upcoming() (Action, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.next >= len(r.scenario.Actions) {
		return Action{}, false
	}
	return r.scenario.Actions[r.next], true
}

// Done tells whether the script is at its end.
func (r *Runner) Done() bool {
	_, more := r.Upcoming()
	return !more
}

// Plain gives what the clients of this run said and heard in the clear, also
// inside TLS. A TLS handshake begins a connection of its own in it, with the
// same Client.Real as the connection of the lab's log that carries it.
func (r *Runner) Plain() *wire.Log { return r.plain }

// Next carries out the next action of the script and waits for what must come
// of it. It gives a *Mismatch where something else comes; the script has then
// moved on, and the next call carries out the action after it. At the end of
// the script it gives ErrDone.
func (r *Runner) Next(ctx context.Context) error {
	return r.inTurn(ctx, func(ctx context.Context) error {
		a, ok := r.Upcoming()
		if !ok {
			return ErrDone
		}
		return r.act(ctx, &a, r.advance)
	})
}

// advance moves the script on by one action.
func (r *Runner) advance() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.next++
	r.typist = ""
}

// inTurn runs one action, when no other runs.
func (r *Runner) inTurn(ctx context.Context, action func(context.Context) error) error {
	select {
	case r.turn <- struct{}{}:
		defer func() { <-r.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if err := r.started(ctx, cancel); err != nil {
		return err
	}
	err := action(ctx)
	if err != nil && ctx.Err() != nil {
		r.shut()
		r.stop()
	}
	return err
}

// started notes how to stop the action that begins. Before the first one it
// puts the letters in place and counts them, without the lock: a screen asks for
// Upcoming meanwhile.
func (r *Runner) started(ctx context.Context, cancel context.CancelFunc) error {
	counted, err := r.register(cancel)
	if err != nil || counted {
		return err
	}
	if err := r.scenario.fill(ctx, r.lab); err != nil {
		return err
	}
	if r.scenario.AsksNames() {
		r.lab.FlushNames()
	}
	before, err := r.scenario.countLetters(r.lab)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return r.over()
	}
	r.before, r.newest = before, newestConn(r.lab.Log())
	for _, host := range r.scenario.Down { // the end of the run lifts it
		r.lab.SetDown(host, true)
	}
	return nil
}

// over says that the run has ended.
func (r *Runner) over() error {
	return fmt.Errorf("%s: the run has ended; start a new one", r.scenario.name())
}

// register notes how to stop the action that begins, and tells whether the
// letters are counted.
func (r *Runner) register(cancel context.CancelFunc) (counted bool, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return false, r.over()
	}
	r.cancel = cancel
	return r.before != nil, nil
}

// Close ends the run: it stops the action that runs, waits until it has
// stopped, and closes the clients' connections. It may be called more than
// once.
func (r *Runner) Close() {
	r.shut()
	r.turn <- struct{}{}
	defer func() { <-r.turn }()
	r.stop()
}

// stop ends the records in the clear. It needs the turn.
func (r *Runner) stop() {
	for _, c := range r.conns {
		c.stop()
	}
}

// shut closes the connections under the action that runs.
func (r *Runner) shut() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	if r.cancel != nil {
		r.cancel()
	}
	for _, c := range r.conns {
		c.close()
	}
	if r.before != nil {
		for _, host := range r.scenario.Down {
			r.lab.SetDown(host, false)
		}
	}
}

// connection gives the connection that a client has opened; nil for none.
func (r *Runner) connection(client string) *connection {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.conns[client]
}
