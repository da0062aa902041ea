package explorer

import (
	"context"
	"errors"
	"math"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/protocols/wire"
	"surel/tui/ui"
)

// patience is how long an action may take before the screen says that it
// waits.
const patience = 150 * time.Millisecond

// grown tells that the log has grown.
type grown struct{ owner *Model }

// played tells that an action has come to its end.
type played struct {
	run *run
	err error
}

// blink tells that an action has gone on for another moment.
type blink struct {
	run    *run
	action int
}

// run is one run of the scenario. It plays one action at a time, in commands.
type run struct {
	runner  *lessons.Runner
	log     *wire.Log
	before  *lessons.Runner // of the run that went before this one; nil for none
	life    context.Context //nolint:containedctx // the run's life, which has no caller
	end     context.CancelFunc
	cancel  context.CancelFunc // of the action that is being played
	newest  wire.ConnID        // the newest connection before the run
	others  []span             // connections that belong to somebody else
	action  int                // counts the actions, so that stale blinks are known
	names   bool               // what hosts ask the name system belongs to it
	busy    bool               // an action is being played
	line    int                // where the action that is played stands in the script
	again   bool               // and the next is wanted as soon as it is over
	slow    bool               // and has been for longer than a blink
	blinks  int
	waiting []string       // lines that were typed meanwhile
	entered bool           // what stands at the prompt is to be sent next
	after   func() tea.Cmd // is to be done when all that is typed has been answered
	from    int            // the cursor before the action
	hidden  bool           // what comes next is not to be seen
}

// span is a row of connections, by their numbers: those after the first, up to and with
// the last.
type span struct{ after, to wire.ConnID }

// step steps aside for another run, or back: what is opened meanwhile is the other's.
func (r *run) step(aside bool) {
	if aside {
		r.others = append(r.others, span{newestConn(r.log), math.MaxUint32})
		return
	}
	r.others[len(r.others)-1].to = newestConn(r.log)
}

// newestConn gives the number of the newest connection; 0 where there is none.
func newestConn(log *wire.Log) wire.ConnID {
	if conns := log.Conns(); len(conns) > 0 {
		return conns[len(conns)-1].ID
	}
	return 0
}

func newRun(life context.Context, lab ui.Lab, s lessons.Scenario) *run {
	r := &run{runner: lessons.NewRunner(lab, s), cancel: func() {}, names: s.AsksNames(), log: lab.Log(), newest: newestConn(lab.Log())}
	r.life, r.end = context.WithCancel(life)
	return r
}

// owns tells whether a connection belongs to the run: it was opened since by a
// host of the lab, the scenario's client or a server that passes a letter on.
// Programs from outside have no host.
func (r *run) owns(c wire.Conn) bool {
	if slices.ContainsFunc(r.others, func(o span) bool { return o.after < c.ID && c.ID <= o.to }) {
		return false
	}
	return c.ID > r.newest && c.Client.Host != "" && (r.names || c.Service != lessons.NameService)
}

// upcoming gives the script's next action, as far as it may be seen.
func (r *run) upcoming() (lessons.Action, bool) {
	if r.hidden {
		return lessons.Action{}, false
	}
	return r.runner.Upcoming()
}

// next plays the script's next action.
func (r *run) next() tea.Cmd { return r.play(r.runner.Next) }

// send sends a line that a person has typed.
func (r *run) send(line string) tea.Cmd {
	return r.play(func(ctx context.Context) error { return r.runner.Type(ctx, []byte(line+"\r\n")) })
}

// reconnect opens a new connection.
func (r *run) reconnect() tea.Cmd { return r.play(r.runner.Reconnect) }

func (r *run) play(action func(context.Context) error) tea.Cmd {
	ctx, cancel := context.WithCancel(r.life)
	r.cancel, r.busy, r.blinks = cancel, true, 0
	r.action++
	before := r.before
	r.before = nil
	return tea.Batch(func() tea.Msg {
		defer cancel()
		if before != nil {
			before.Settle(ctx)
		}
		return played{r, action(ctx)}
	}, r.wait())
}

// wait looks again after a moment whether the action is still being played.
func (r *run) wait() tea.Cmd {
	action := r.action
	return tea.Tick(patience, func(time.Time) tea.Msg { return blink{r, action} })
}

// done notes that the action has come to its end.
func (r *run) done() { r.busy, r.slow, r.again = false, false, false }

// close ends the run; it is safe to call more than once.
func (r *run) close() {
	r.end()
	r.runner.Close()
}

// followLog waits for the log to grow.
func (m *Model) followLog() tea.Cmd {
	c, life := m.follower.C, m.life
	return func() tea.Msg {
		select {
		case <-c:
			return grown{m}
		case <-life.Done():
			return nil
		}
	}
}

// played takes the end of an action: the cursor goes to the first message that
// came of it.
func (m *Model) played(msg played) tea.Cmd {
	if msg.run != m.run {
		return nil
	}
	again := m.run.again
	m.run.done()
	cmd := m.read()
	if m.typing {
		m.ladder.Choose(len(m.reader.Entries()) - 1)
	} else if m.ladder.Cursor() == m.run.from && m.run.from >= 0 {
		m.ladder.Move(1)
	}
	m.listen()
	m.hold.compare(m.reader)
	if msg.err != nil && !errors.Is(msg.err, lessons.ErrDone) {
		m.trouble = msg.err
		m.halt()
	}
	m.show()
	if msg.err != nil {
		m.run.waiting, m.run.entered, m.run.after = nil, false, nil
	}
	if next := m.sendWaiting(); next != nil {
		return tea.Batch(cmd, next)
	}
	if m.proof.wanted && msg.err == nil {
		return tea.Batch(cmd, m.prove())
	}
	if again && msg.err == nil && !m.typing && m.ladder.AtEnd() {
		return tea.Batch(cmd, m.forward())
	}
	return cmd
}

// blink shows that an action takes its time.
func (m *Model) blink(msg blink) tea.Cmd {
	r := m.run
	if msg.run != r || msg.action != r.action || !r.busy {
		return nil
	}
	r.slow = true
	r.blinks++
	return r.wait()
}

// restart goes to the scenario's beginning, before its first action.
func (m *Model) restart() {
	m.run.close()
	m.begin()
	m.ladder.SetFilter(nil, false)
	m.ladder.Choose(-1)
	m.show()
}
