package protocols

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"surel/protocols/message"
	"surel/protocols/wire"
)

// Entry names a message of a Reader: the Index-th, counted from 0, of a
// connection.
type Entry struct {
	Conn  wire.ConnID
	Index int32
}

// Reader reads a log, while it grows, into messages: one conversation for each
// connection, and one sequence of all messages in the order in which they
// crossed. It is not safe for concurrent use.
type Reader struct {
	log     *wire.Log
	wants   func(wire.Conn) bool
	closed  bool // nothing is opened with keys
	talks   map[wire.ConnID]*talk
	entries []Entry
}

// talk is what has been read of one connection.
type talk struct {
	*Conversation
	conn     wire.Conn
	segments int // read so far
	fed      int // of them, given to the conversation
	secrets  int // that the conversation was told
	ended    bool
	skip     bool // nothing that the program knows, or not wanted
}

// NewReader makes a reader for those connections of the log that wants accepts;
// all of them where it is nil.
func NewReader(log *wire.Log, wants func(wire.Conn) bool) *Reader {
	return &Reader{log: log, wants: wants, talks: map[wire.ConnID]*talk{}}
}

// Eavesdrop is called before the first Read: what is encrypted then stays closed,
// as it is for whoever listens on the way.
func (r *Reader) Eavesdrop() { r.closed = true }

// Read takes in what has come since it was last called and gives the number
// of new messages.
func (r *Reader) Read() int {
	before := len(r.entries)
	var pending []unread
	var starts []int // where the pending of a connection begins
	for _, c := range r.log.Conns() {
		t := r.talk(c)
		if t.skip || t.ended {
			continue
		}
		starts = append(starts, len(pending))
		// The connection is looked at before its segments: what is closed by
		// then has all its segments in the log.
		t.conn = c
		for _, s := range r.log.Segments(c.ID, t.segments) {
			t.segments++
			pending = append(pending, unread{talk: t, segment: s})
		}
		if now, ok := r.log.Conn(c.ID); ok && !r.closed { // looked at after what it opens
			r.unlock(t, now.Secrets)
		}
		if !c.Closed.IsZero() {
			t.ended = true
			pending = append(pending, unread{talk: t, segment: wire.Segment{Time: c.Closed}, end: true})
		}
	}
	feed(pending, starts)
	slices.SortStableFunc(pending, func(a, b unread) int { return a.segment.Time.Compare(b.segment.Time) })
	for i := range pending {
		for n := pending[i].from; n < pending[i].to; n++ {
			r.entries = append(r.entries, Entry{Conn: pending[i].talk.conn.ID, Index: int32(n)})
		}
	}
	return len(r.entries) - before
}

// manyConns is from how many connections on several are read at once.
const manyConns = 256

// feed gives conversations what is pending for them, each in its own order.
func feed(pending []unread, starts []int) {
	part := func(i int) []unread {
		if i+1 < len(starts) {
			return pending[starts[i]:starts[i+1]]
		}
		return pending[starts[i]:]
	}
	if len(starts) < manyConns {
		for i := range starts {
			feedOne(part(i))
		}
		return
	}
	var next atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(starts); i = int(next.Add(1)) - 1 {
				feedOne(part(i))
			}
		})
	}
	workers.Wait()
}

func feedOne(pending []unread) {
	for i := range pending {
		u := &pending[i]
		u.from = u.talk.Len()
		if u.end {
			u.talk.End(u.segment)
		} else {
			u.talk.fed++
			u.talk.Feed(u.segment)
		}
		u.to = u.talk.Len()
	}
}

// unlock gives a conversation the secrets that are known by now. Where some come
// later than what they open, it is read again: as many messages, but open.
func (r *Reader) unlock(t *talk, secrets []string) {
	if len(secrets) == t.secrets {
		return
	}
	t.secrets = len(secrets)
	if t.Len() == 0 || t.gone > 0 {
		t.Keys(secrets)
		return
	}
	again := r.begin(t.conn)
	again.Keys(secrets)
	for i, s := range r.log.Segments(t.conn.ID, 0) {
		if i == t.fed {
			break
		}
		again.Feed(s)
	}
	if again.Len() == t.Len() {
		t.Conversation = again
	} else {
		t.Keys(secrets)
	}
}

// unread is a segment, or the end of a connection, that waits for its turn.
type unread struct {
	talk    *talk
	segment wire.Segment
	end     bool
	// from and to are the numbers of the messages that it made.
	from, to int
}

func (r *Reader) talk(c wire.Conn) *talk {
	if t, ok := r.talks[c.ID]; ok {
		return t
	}
	t := &talk{conn: c}
	if r.wants == nil || r.wants(c) {
		t.Conversation = r.begin(c)
	}
	t.skip = t.Conversation == nil
	r.talks[c.ID] = t
	return t
}

// begin begins to read a connection; nil for one of a service that no protocol
// claims.
func (r *Reader) begin(c wire.Conn) *Conversation {
	conversation, err := NewConversation(c.Service)
	if err != nil {
		return nil
	}
	if c.InTLS {
		conversation.Protect(c.AfterUpgrade)
	}
	if c.Datagrams {
		conversation.Datagrams()
	}
	return conversation
}

// Entries gives all messages in the order in which they crossed. The result
// must not be changed.
func (r *Reader) Entries() []Entry { return r.entries }

// Message gives the message that an entry names.
func (r *Reader) Message(e Entry) *message.Message {
	return r.talks[e.Conn].Message(int(e.Index))
}

// Protocol gives the protocol of the message that an entry names.
func (r *Reader) Protocol(e Entry) *Protocol { return r.talks[e.Conn].ProtocolOf(int(e.Index)) }

// Conn gives the connection that an entry names, as it was at the last Read.
func (r *Reader) Conn(e Entry) wire.Conn { return r.talks[e.Conn].conn }

// Forget drops all messages read so far, for one who follows a log without
// end, and what is known of the connections that have ended.
func (r *Reader) Forget() {
	r.entries = nil
	for id, t := range r.talks {
		_, held := r.log.Conn(id)
		switch {
		case !held:
			delete(r.talks, id)
		case t.ended:
			t.Conversation, t.skip = nil, true
		case !t.skip:
			t.Forget()
		}
	}
}

// Conversation gives what has been read of a connection; false where the
// reader has none of it.
func (r *Reader) Conversation(id wire.ConnID) (*Conversation, bool) {
	t, ok := r.talks[id]
	if !ok || t.skip {
		return nil, false
	}
	return t.Conversation, true
}

// Conns gives the connections that the reader has read from, oldest first.
func (r *Reader) Conns() []wire.Conn {
	var conns []wire.Conn
	for _, t := range r.talks {
		if !t.skip {
			conns = append(conns, t.conn)
		}
	}
	slices.SortFunc(conns, func(a, b wire.Conn) int { return int(a.ID) - int(b.ID) })
	return conns
}
