package imap

import (
	"surel/protocols/message"
	"surel/protocols/sasl"
	"surel/protocols/wire"
)

// Decoder cuts the two directions of one connection into messages. It follows
// the conversation by the server's responses: after a literal's announcement,
// AUTHENTICATE, IDLE, STARTTLS and COMPRESS the client's bytes wait for the
// response that says how they are to be read.
//
// What it keeps is bounded: maxRunning commands, maxBefore bytes of an
// unfinished one, and a small cache.
type Decoder struct {
	out      []message.Message // of the call that runs
	count    int32             // messages given before that call
	state    string            // by what was answered
	during   string            // while a command waits for more from the client
	expected string            // once all that runs is completed with OK
	session  *session
	offered  int32 // the number of the message that announced capabilities
	exists   int64 // messages in the selected mailbox; -1 where it is not known
	running  running
	mode     mode
	awaited  string // the tag of the command whose response decides the mode
	leave    int32  // the number of the continuation that let the client go on
	scans    [2]scan
	command  unfinished
	step     sasl.Step
	spoken   bool // the client has spoken
	greeted  bool // the server has spoken
	joined   bool // the conversation's beginning was not seen
	secure   bool // what is read travels inside TLS
	upgraded bool
	opaque   bool // the server's bytes are compressed
	held     bool // bytes of the client wait
	turn     bool // they must be read before the server's next response
	notes    noteCache
}

// mode says how the client's next bytes are to be read.
type mode uint8

const (
	modeCommands mode = iota
	modeWait          // a response will decide
	modeLiteral       // a literal and what follows it in its command
	modeExchange      // a line of a login
	modeIdle          // DONE
	modeInjected      // sent behind STARTTLS: nobody may act on it
	modeOpaque        // compressed
)

// maxWait bounds how many bytes wait for a response that decides about them.
// Where more come, they are read as if the server had agreed.
const maxWait = 1 << 20

// NewDecoder makes a decoder for one connection, from its first byte on.
func NewDecoder() *Decoder {
	return &Decoder{state: stateConnect, expected: stateConnect, exists: -1, session: &session{}}
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
// response are read as if the server had agreed, except behind STARTTLS: there
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
		d.refuse(rest[:len(rest):len(rest)], d.unfinished(rest))
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
	if d.during != "" {
		m.State = d.during
	}
	d.out = append(d.out, m)
}

// number gives the number of the message emitted last.
func (d *Decoder) number() int32 { return d.count + int32(len(d.out)) }
