package wire

import (
	"sync"
	"time"
)

// Limits bound what a Log holds. Nothing is dropped silently: what a
// connection lost stands in its Conn.Lost, and what was forgotten as a whole
// in Log.Forgotten.
type Limits struct {
	// PerConn is how many bytes of one connection are kept, from its first
	// byte on: a decoder needs the beginning, so the end is what is given up.
	PerConn int64
	// Total is how many bytes the log keeps. Where more come, the oldest
	// closed connections are forgotten; where all are open, each loses its end.
	Total int64
	// Conns is how many connections the log keeps. Where more come, the
	// oldest closed ones are forgotten.
	Conns int
}

// DefaultLimits hold far more than a person can look at.
var DefaultLimits = Limits{PerConn: 8 << 20, Total: 64 << 20, Conns: 10_000}

// segmentOverhead is what a segment costs beside its bytes, so that a flood of
// one-byte segments meets the same limits.
const segmentOverhead = 64

// chunkSize is the size of the blocks in which a connection's bytes are
// stored.
const chunkSize = 32 << 10

// Log is an append-only record of connections, safe for concurrent use, that
// can be followed while it grows.
type Log struct {
	mu        sync.Mutex
	limits    Limits
	last      ConnID
	order     []*connLog // by ID, oldest first
	byID      map[ConnID]*connLog
	bytes     int64
	forgotten Forgotten
	followers map[*Follower]struct{}
}

// Forgotten counts the connections that a log no longer holds, and their
// bytes with what the keeping of them cost.
type Forgotten struct {
	Conns int
	Bytes int64
}

type connLog struct {
	Conn
	segments []Segment
	bytes    int64 // counted against the limits
	chunk    []byte
}

// NewLog makes an empty log. A limit of zero stands for the default.
func NewLog(l Limits) *Log {
	if l.PerConn == 0 {
		l.PerConn = DefaultLimits.PerConn
	}
	if l.Total == 0 {
		l.Total = DefaultLimits.Total
	}
	if l.Conns == 0 {
		l.Conns = DefaultLimits.Conns
	}
	return &Log{limits: l, byID: map[ConnID]*connLog{}, followers: map[*Follower]struct{}{}}
}

// Open records that a connection was opened and gives the handle that records
// what it carries. The ID in c is ignored; the log gives the next one.
func (l *Log) Open(c Conn) *Recorder {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last++
	c.ID = l.last
	cl := &connLog{Conn: c}
	l.order = append(l.order, cl)
	l.byID[c.ID] = cl
	l.forget(0)
	l.notify()
	return &Recorder{log: l, conn: cl}
}

// forget makes room for need bytes more by dropping the oldest closed
// connections. It drops an eighth at once, because it looks at every
// connection that is held.
func (l *Log) forget(need int64) {
	if l.bytes+need <= l.limits.Total && len(l.order) <= l.limits.Conns {
		return
	}
	var (
		kept = l.order[:0:0]
		over = l.bytes + need - l.limits.Total*7/8
		many = len(l.order) - l.limits.Conns*7/8
	)
	for _, cl := range l.order {
		if (over <= 0 && many <= 0) || cl.Closed.IsZero() {
			kept = append(kept, cl)
			continue
		}
		over -= cl.bytes
		many--
		l.bytes -= cl.bytes
		l.forgotten.Conns++
		l.forgotten.Bytes += cl.bytes + cl.Lost
		delete(l.byID, cl.ID)
	}
	l.order = kept
}

// Conns gives the connections that the log holds, oldest first.
func (l *Log) Conns() []Conn {
	l.mu.Lock()
	defer l.mu.Unlock()
	conns := make([]Conn, len(l.order))
	for i, cl := range l.order {
		conns[i] = cl.snapshot()
	}
	return conns
}

// Conn gives one connection; false where the log does not hold it.
func (l *Log) Conn(id ConnID) (Conn, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	cl, ok := l.byID[id]
	if !ok {
		return Conn{}, false
	}
	return cl.snapshot(), true
}

func (cl *connLog) snapshot() Conn {
	c := cl.Conn
	c.Secrets = c.Secrets[:len(c.Secrets):len(c.Secrets)]
	return c
}

// Segments gives what a connection carried, from segment number from on, in
// the order in which it crossed. The result must not be changed.
func (l *Log) Segments(id ConnID, from int) []Segment {
	l.mu.Lock()
	defer l.mu.Unlock()
	cl, ok := l.byID[id]
	if !ok || from >= len(cl.segments) {
		return nil
	}
	return cl.segments[from:len(cl.segments):len(cl.segments)]
}

// Forgotten says what the limits have made the log drop as a whole.
func (l *Log) Forgotten() Forgotten {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.forgotten
}

// Recorder records what one connection carries. It is safe for concurrent use.
type Recorder struct {
	log  *Log
	conn *connLog
}

// ID gives the connection's number in the log.
func (r *Recorder) ID() ConnID { return r.conn.ID }

// Record appends a copy of b, which crossed the connection at time t.
func (r *Recorder) Record(t time.Time, d Dir, b []byte) {
	if len(b) == 0 {
		return
	}
	l, cl := r.log, r.conn
	l.mu.Lock()
	defer l.mu.Unlock()
	cost := int64(len(b)) + segmentOverhead
	// Once cut, a connection stays cut: bytes after a hole would decode as
	// something that was never said.
	cut := cl.Lost > 0 || cl.bytes+cost > l.limits.PerConn
	if !cut {
		l.forget(cost)
		cut = l.bytes+cost > l.limits.Total
	}
	if cut {
		cl.Lost += int64(len(b))
		l.notify()
		return
	}
	cl.segments = append(cl.segments, Segment{Time: t, Dir: d, Bytes: cl.store(b)})
	cl.bytes += cost
	l.bytes += cost
	l.notify()
}

// store copies b into the connection's current block.
func (cl *connLog) store(b []byte) []byte {
	if len(b) > cap(cl.chunk)-len(cl.chunk) {
		size := chunkSize
		switch { // short conversations are the rule, so blocks start small
		case cl.bytes < 1<<10:
			size = 1 << 10
		case cl.bytes < chunkSize:
			size = 8 << 10
		}
		cl.chunk = make([]byte, 0, max(size, len(b)))
	}
	start := len(cl.chunk)
	cl.chunk = append(cl.chunk, b...)
	return cl.chunk[start:len(cl.chunk):len(cl.chunk)]
}

// Secret records a TLS secret: one line in the NSS key log format.
func (r *Recorder) Secret(line string) {
	r.log.mu.Lock()
	defer r.log.mu.Unlock()
	r.conn.Secrets = append(r.conn.Secrets, line)
	r.log.notify()
}

// Close records that the connection ended at time t. Only the first call
// counts.
func (r *Recorder) Close(t time.Time) {
	r.log.mu.Lock()
	defer r.log.mu.Unlock()
	if r.conn.Closed.IsZero() {
		r.conn.Closed = t
		r.conn.chunk = nil
		r.log.forget(0)
		r.log.notify()
	}
}

// Follower is told when a log has grown.
type Follower struct {
	// C receives a value after a change. Changes that come before it is read
	// are told once.
	C   <-chan struct{}
	c   chan struct{}
	log *Log
}

// Follow starts to tell of changes, until the follower is stopped.
func (l *Log) Follow() *Follower {
	c := make(chan struct{}, 1)
	f := &Follower{C: c, c: c, log: l}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.followers[f] = struct{}{}
	return f
}

// Stop ends the telling. C stays open and silent.
func (f *Follower) Stop() {
	f.log.mu.Lock()
	defer f.log.mu.Unlock()
	delete(f.log.followers, f)
}

func (l *Log) notify() {
	for f := range l.followers {
		select {
		case f.c <- struct{}{}:
		default:
		}
	}
}
