package pop3

import (
	"surel/protocols/line"
	"surel/protocols/message"
	"surel/protocols/queue"
	"surel/protocols/sasl"
	"surel/protocols/stuffed"
	"surel/protocols/wire"
)

// Decoder cuts the two directions of one connection into messages. It follows
// the conversation by the server's answers: after AUTH and STLS the client's
// bytes wait for the answer that says how they are to be read, and what
// follows a status line depends on the command that it answers.
//
// What it keeps is bounded: queue.Max unanswered commands, one list of
// capabilities, and the numbers of maxDeleted messages.
type Decoder struct {
	out      []message.Message // of the call that runs
	count    int32             // messages given before that call
	state    string            // by what was answered
	expected string            // once all that waits is accepted
	offer    *offer
	drop     maildrop
	queue    queue.Queue[pending]
	mode     mode
	client   line.Scan
	broken   [2]bool // the line has begun in a message that was cut off, by direction
	reading  reading
	server   line.Scan
	answer   pending // what the lines that are being read answer
	text     stuffed.Scan
	step     sasl.Step
	knows    knowledge
	upgraded bool
	held     bool // bytes of the client wait
	turn     bool // they must be read before the server's next answer
}

// pending is something that the client said and the server has not answered.
type pending struct {
	number   int32 // of the message that said it, from 1
	message  int   // the number of the letter that it names; 0 for none
	verb     verb
	argument bool // something follows the command
}

// knowledge is what is known of how the conversation stands.
type knowledge struct {
	joined  bool // it began before the first byte, and nobody has told where
	spoken  bool // the client has spoken
	greeted bool // the server has spoken
	noAPOP  bool // its greeting has no timestamp
	utf8    bool // UTF8 was accepted
	secure  bool // what is read travels inside TLS
}

// mode says how the client's next bytes are to be read.
type mode uint8

const (
	modeCommands mode = iota
	modeWait          // an answer will decide
	modeExchange      // a line of a login
	modeInjected      // sent behind STLS: nobody may act on it
)

// reading says how the server's next bytes are to be read.
type reading uint8

const (
	readStatus reading = iota
	readText           // a letter or a listing, up to its final dot
	readEither         // a text, unless a status line begins
)

// maxWait bounds how many bytes wait for an answer that decides about them.
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

// Flush gives what is left when a direction ends. Bytes that waited for an
// answer are read as if the server had agreed, except behind STLS: there they
// are commands that an attacker may have put in (CVE-2011-0411).
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
	if len(rest) > 0 {
		d.refuse(rest[:len(rest):len(rest)], d.unfinished(dir), dir)
	}
	return append(messages, d.take()...)
}

// Upgrade gives "tls" once the server has agreed to STLS.
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
	d.expected = after(d.expected, p, isOK)
}

// pipelined tells that what the client says now comes before it has the whole
// answer to what it said before.
func (d *Decoder) pipelined() bool { return !d.queue.Empty() || d.reading == readText }
