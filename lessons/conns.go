package lessons

import (
	"context"
	"net/netip"
	"slices"
	"time"

	"surel/protocols/wire"
)

// opened is a connection that a run has opened, to be found in the lab's log
// by its local address. Addresses are used again, so that a number is known
// that is older than it.
type opened struct {
	local netip.AddrPort
	after wire.ConnID
	id    wire.ConnID // 0 while it was not found
}

// Conns gives the connections of this run's clients in the lab's log, in the
// order of their opening.
func (r *Runner) Conns() []wire.ConnID { return r.clientsAmong(r.lab.Log().Conns()) }

// settleTime is how long a server may take to let go of a connection that its client
// has closed.
const settleTime = time.Second

// Settle waits, after Close, until the servers have let go of this run's connections
// and of what they held for them, such as the lock of a mailbox. It waits no longer
// than a moment.
func (r *Runner) Settle(ctx context.Context) {
	f := r.lab.Log().Follow()
	defer f.Stop()
	late := time.NewTimer(settleTime)
	defer late.Stop()
	for !r.settled() {
		select {
		case <-f.C:
		case <-late.C:
			return
		case <-ctx.Done():
			return
		}
	}
}

func (r *Runner) settled() bool {
	for _, id := range r.Conns() {
		if c, ok := r.lab.Log().Conn(id); ok && c.Closed.IsZero() {
			return false
		}
	}
	return true
}

// PlainConn gives the newest connection of a client in Plain; false where it
// has opened none.
func (r *Runner) PlainConn(client string) (wire.Conn, bool) {
	c := r.connection(client)
	if c == nil {
		return wire.Conn{}, false
	}
	local := addrPort(c.raw.LocalAddr())
	for _, p := range slices.Backward(r.plain.Conns()) {
		if p.Client.Real == local {
			return p, true
		}
	}
	return wire.Conn{}, false
}

func (r *Runner) clientsAmong(conns []wire.Conn) []wire.ConnID {
	r.mu.Lock()
	defer r.mu.Unlock()
	var ids []wire.ConnID
	for i := range r.opened {
		o := &r.opened[i]
		if o.id == 0 {
			o.find(conns)
		}
		if o.id != 0 {
			ids = append(ids, o.id)
		}
	}
	return ids
}

// caused gives the connections of this run's clients and those that hosts of
// the lab have opened since, to hand letters on. Programs from outside have no
// host. What hosts ask the name system belongs only to a scenario that asks it,
// too.
func (r *Runner) caused() []wire.ConnID {
	conns := r.lab.Log().Conns()
	ids := r.clientsAmong(conns)
	for _, c := range slices.Backward(conns) {
		if c.ID <= r.newest || len(r.opened) == 0 {
			break
		}
		if c.Client.Host != "" && (c.Service != NameService || r.scenario.AsksNames()) {
			ids = append(ids, c.ID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// NameService is the service whose servers answer questions for names.
const NameService = "domain"

// find looks for the connection among those of the log.
func (o *opened) find(conns []wire.Conn) {
	for _, c := range slices.Backward(conns) {
		real := c.Client.Real
		if c.ID <= o.after {
			return
		}
		if netip.AddrPortFrom(real.Addr().Unmap(), real.Port()) == o.local {
			o.id = c.ID
			return
		}
	}
}

// newestConn gives the number of the newest connection; 0 for none.
func newestConn(l *wire.Log) wire.ConnID {
	conns := l.Conns()
	if len(conns) == 0 {
		return 0
	}
	return conns[len(conns)-1].ID
}
