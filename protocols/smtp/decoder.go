package smtp

import (
	"surel/protocols/line"
	"surel/protocols/message"
	"surel/protocols/queue"
	"surel/protocols/sasl"
	"surel/protocols/stuffed"
	"surel/protocols/wire"
)

// Decoder cuts the two directions of one connection into messages. It follows
// the conversation by the server's replies: after DATA, AUTH and STARTTLS the
// client's bytes wait for the reply that says how they are to be read.
//
// What it keeps is bounded: queue.Max unanswered commands, one EHLO reply,
// the chunks of one letter up to stuffed.Max bytes, and a small cache.
type Decoder struct {
	out      []message.Message // of the call that runs
	count    int32             // messages given before that call
	state    string            // by what was answered
	expected string            // once all that waits is accepted
	offer    *offer
	queue    queue.Queue[pending]
	refused  int // recipients of the open envelope that were refused
	mode     mode
	client   line.Scan
	broken   bool // the client's line has begun in a message that was cut off
	server   replyLines
	letter   stuffed.Scan
	chunks   chunks
	step     sasl.Step
	utf8     bool // the open envelope's MAIL asked for SMTPUTF8
	spoken   bool // the client has spoken
	greeted  bool // the server has spoken
	upgraded bool
	joined   bool // nothing is known of what was said before
	secure   bool // what is read travels inside TLS
	held     bool // bytes of the client wait
	turn     bool // they must be read before the server's next reply
	notes    replyNotes
}

// pending is something that the client said and the server has not answered.
type pending struct {
	number int32 // of the message that said it, from 1
	verb   verb
	last   bool // BDAT or BURL with LAST
}

// mode says how the client's next bytes are to be read.
type mode uint8

const (
	modeCommands mode = iota
	modeWait          // a reply will decide
	modeContent       // a letter, up to its final dot
	modeChunk         // so many bytes
	modeExchange      // a line of a login
	modeInjected      // sent behind STARTTLS: nobody may act on it
)

// maxWait bounds how many bytes wait for a reply that decides about them.
// Where more come, they are read as if the server had agreed.
const maxWait = 1 << 20

// NewDecoder makes a decoder for one connection, from its first byte on.
func NewDecoder() *Decoder {
	return &Decoder{state: stateConnect, expected: stateConnect}
}

// Decode gives the messages that are complete in b.
func (d *Decoder) Decode(dir wire.Dir, b []byte) (messages []message.Message, consumed int) {
	next := d.nextFromClient
	if dir == wire.ServerToClient {
		next = d.nextFromServer
	}
	d.turn = false
	for consumed < len(b) && !d.turn {
		n := next(b[consumed:])
		if n == 0 {
			break
		}
		consumed += n
	}
	return d.take(), consumed
}

// Flush gives what is left when a direction ends. Bytes that waited for a
// reply are read as if the server had agreed, except behind STARTTLS: there
// they are commands that an attacker may have put in (CVE-2011-0411).
func (d *Decoder) Flush(dir wire.Dir, rest []byte) []message.Message {
	var messages []message.Message
	for len(rest) > 0 {
		if dir == wire.ClientToServer && d.mode == modeWait {
			d.stopWaiting(rest)
		}
		more, n := d.Decode(dir, rest)
		messages, rest = append(messages, more...), rest[n:]
		if n == 0 {
			break
		}
	}
	switch {
	case len(rest) == 0:
	case dir == wire.ServerToClient:
		d.refuse(rest[:len(rest):len(rest)], unfinishedReply)
	default:
		d.unfinished(rest)
	}
	return append(messages, d.take()...)
}

// Upgrade gives "tls" once the server has agreed to STARTTLS.
func (d *Decoder) Upgrade() string {
	if d.upgraded {
		return "tls"
	}
	return ""
}

func (d *Decoder) take() []message.Message {
	out := d.out
	d.out, d.count = nil, d.count+int32(len(out))
	return out
}

// emit gives a message, in the state that now holds.
func (d *Decoder) emit(m message.Message) {
	m.State = d.state
	d.out = append(d.out, m)
}

// said remembers that the message emitted last waits for an answer.
func (d *Decoder) said(p pending) {
	p.number = d.count + int32(len(d.out))
	d.queue.Push(p)
	d.expected = after(d.expected, p, hoped(p.verb))
}
