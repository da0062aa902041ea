package protocols

import (
	"fmt"

	"surel/protocols/message"
	"surel/protocols/wire"
)

// Conversation reads the segments of one connection, in the order in which
// they crossed, and holds the messages that they make. It is not safe for
// concurrent use.
type Conversation struct {
	service  string
	keys     []string      // of a key log
	inner    *Conversation // what goes through a tunnel; nil before anything does
	first    *Protocol
	current  *Protocol
	decoder  Decoder
	pending  [2][]byte
	messages []message.Message
	gone     int // messages that were forgotten
	upgrades []upgrade
}

// upgrade marks the number of messages after which a protocol took over.
type upgrade struct {
	at       int
	protocol *Protocol
}

// NewConversation begins to read a connection of the given service. A service
// that no protocol claims is an error.
func NewConversation(service string) (*Conversation, error) {
	p, ok := ByService(service)
	if !ok {
		return nil, fmt.Errorf("read conversation: no protocol for service %q", service)
	}
	c := NewConversationOf(p)
	c.service = service
	return c, nil
}

// NewConversationOf begins to read a connection that speaks the protocol.
func NewConversationOf(p *Protocol) *Conversation {
	return &Conversation{first: p, current: p, decoder: p.New()}
}

// Join tells that the conversation has begun before the first segment, as in
// a transcript whose beginning was not copied.
func (c *Conversation) Join() {
	if j, ok := c.decoder.(Joiner); ok {
		j.Join()
	}
}

// Datagrams is told before the first segment that each one is a datagram.
func (c *Conversation) Datagrams() {
	if d, ok := c.decoder.(Datagrammer); ok {
		d.Datagrams()
	}
}

// Protect tells that the conversation travels inside TLS, and whether the
// connection had begun in clear.
func (c *Conversation) Protect(afterUpgrade bool) {
	if p, ok := c.decoder.(Protector); ok {
		p.Protect(afterUpgrade)
	}
}

// Messages gives what has been read so far, without what was forgotten. The
// result must not be changed.
func (c *Conversation) Messages() []message.Message { return c.messages }

// State gives the key of the state in which the conversation is: that after its last
// message, otherwise the one in which it began; empty where the protocol has none.
func (c *Conversation) State() string {
	if n := len(c.messages); n > 0 {
		return c.messages[n-1].State
	}
	if s, ok := c.decoder.(Stater); ok {
		return s.State()
	}
	return ""
}

// Offers tells whether the server takes a command of the protocol, by its name in Verbs,
// as far as it has announced what it takes.
func (c *Conversation) Offers(name string) bool {
	o, ok := c.decoder.(Offerer)
	return !ok || o.Offers(name)
}

// Len gives the number of messages read so far, the forgotten ones too.
func (c *Conversation) Len() int { return c.gone + len(c.messages) }

// Message gives the i-th message, counted from 0, which must not be forgotten.
func (c *Conversation) Message(i int) *message.Message { return &c.messages[i-c.gone] }

// Forget drops the messages read so far, for one who follows a conversation
// without end. Their numbers are not given again.
func (c *Conversation) Forget() { c.gone, c.messages = c.Len(), nil }

// Waiting gives the bytes of a direction that have crossed and do not make a message
// yet, such as the lines of a letter before the dot that ends it, and the protocol
// that waits for the rest. They must not be changed.
func (c *Conversation) Waiting(d wire.Dir) ([]byte, *Protocol) { return c.pending[d], c.current }

// Protocol gives the protocol with which the conversation began.
func (c *Conversation) Protocol() *Protocol { return c.first }

// ProtocolOf gives the protocol of the i-th message, counted from 0.
func (c *Conversation) ProtocolOf(i int) *Protocol {
	p := c.first
	for _, u := range c.upgrades {
		if i >= u.at {
			p = u.protocol
		}
	}
	return p
}

// Feed reads the next segment.
func (c *Conversation) Feed(s wire.Segment) {
	p := &c.pending[s.Dir]
	if len(*p) == 0 {
		*p = s.Bytes[:len(s.Bytes):len(s.Bytes)] // messages alias the log where they can
	} else {
		*p = append(*p, s.Bytes...)
	}
	c.decode(s)
}

// decode asks the decoder about both directions until neither moves: a reply
// can decide how the bytes that wait on the client's side are read.
func (c *Conversation) decode(s wire.Segment) {
	if c.decoder == nil {
		return // it has ended
	}
	d := s.Dir
	for idle := 0; idle < 2; d = d.Other() {
		if len(c.pending[d]) == 0 && d != s.Dir {
			return
		}
		messages, n := c.decoder.Decode(d, c.pending[d])
		c.take(s, messages)
		c.drop(d, n)
		if n > 0 || len(messages) > 0 {
			idle = 0
		} else {
			idle++
		}
		c.upgrade(s)
	}
}

// drop forgets the first n pending bytes of a direction. What is left moves
// to memory of its own, because more will be appended to it.
func (c *Conversation) drop(d wire.Dir, n int) {
	if n == 0 {
		return
	}
	rest := c.pending[d][n:]
	if len(rest) == 0 {
		rest = nil
	}
	c.pending[d] = rest[:len(rest):len(rest)]
}

// upgrade lets the next protocol take over where the current one has handed
// the connection over.
func (c *Conversation) upgrade(s wire.Segment) {
	u, ok := c.decoder.(Upgrader)
	if !ok || u.Upgrade() == "" {
		return
	}
	next, ok := ByID(u.Upgrade())
	if !ok {
		return
	}
	// What the client had sent before the server agreed was in clear and is
	// the old protocol's; what the server says next is the new one's.
	client := wire.Segment{Time: s.Time, Dir: wire.ClientToServer}
	c.take(client, c.decoder.Flush(client.Dir, c.pending[client.Dir]))
	c.pending[client.Dir] = nil
	c.current, c.decoder = next, next.New()
	if c.keys != nil {
		c.Keys(c.keys)
	}
	c.upgrades = append(c.upgrades, upgrade{at: c.Len(), protocol: next})
}

// End is told that the connection has closed: what is left becomes messages.
func (c *Conversation) End(s wire.Segment) {
	for _, d := range []wire.Dir{wire.ClientToServer, wire.ServerToClient} {
		if len(c.pending[d]) > 0 {
			s.Dir = d
			c.take(s, c.decoder.Flush(d, c.pending[d]))
			c.pending[d] = nil
		}
	}
	if closer, ok := c.decoder.(Closer); ok {
		closer.Close()
	}
	c.decoder = nil // what it remembers is needed no more
	if c.inner != nil {
		c.inner.decoder = nil
	}
}

func (c *Conversation) take(s wire.Segment, messages []message.Message) {
	for i := range messages {
		messages[i].Time = s.Time
	}
	c.through(s, messages)
	c.messages = append(c.messages, messages...)
}
