// Package message holds what every decoder produces: one complete unit of a
// protocol, such as a command, a reply, a letter or a TLS record.
package message

import (
	"time"

	"surel/protocols/field"
	"surel/protocols/wire"
)

// Message is one complete unit of a protocol. It is light, so that a hundred
// thousand of them can be held: its tree and what it carries are made by Body
// when they are asked for.
type Message struct {
	// Time is when its last byte crossed the wire.
	Time time.Time
	// Raw are its bytes as they crossed the wire. They must not be changed.
	Raw []byte
	// Name is its name in the protocol's terms, such as "MAIL", "250" or
	// "content".
	Name string
	// Note is the key of its note.
	Note string
	// State is the key of the protocol's state after it.
	State string
	// Mistake is the key of the note that explains, from the protocol's state,
	// why the message is wrong here; empty where it is not.
	Mistake string
	// Body opens the message.
	Body Body
	// Answers is the number of the message of the other direction that this
	// one answers, counted from 1 in the order of the conversation; 0 for none.
	Answers int32
	// Protocol is the ID of the protocol of a message that one of another
	// protocol carries, as a TLS record does; empty for all others.
	Protocol string
	// Dir is the direction in which it travelled.
	Dir wire.Dir
	// Pipelined tells that it was sent before what went before it was
	// answered.
	Pipelined bool
	// Malformed tells that it breaks the protocol's grammar; its tree says
	// where and why.
	Malformed bool
}

// Body opens a message. It keeps what the decoder knew when it cut the message
// out of the stream, so that its answers depend on nothing but the bytes.
type Body interface {
	// Summary gives the message in one line, such as a command's text or a
	// letter's subject and size. It may hold any bytes: whoever draws it
	// escapes it.
	Summary(raw []byte) string
	// Fields gives the message's tree.
	Fields(raw []byte) []field.Field
}

// Carrier is a Body whose message carries others, as SMTP's content carries a
// letter and a TLS record a command.
type Carrier interface {
	Body
	// Inner gives the messages that it carries; their bytes are their own.
	Inner(raw []byte) []Message
}

// Describer is a Body whose summary is not the wire's own text but words about
// it, in English, such as its size: a phrase, which every language says in its
// own words.
type Describer interface {
	Body
	// Describes does nothing; a Body has it to be a Describer.
	Describes()
}

// Described tells whether the summary is in words about the message.
func (m *Message) Described() bool {
	_, ok := m.Body.(Describer)
	return ok
}

// Summary gives the message in one line.
func (m *Message) Summary() string { return m.Body.Summary(m.Raw) }

// Fields gives the message's tree.
func (m *Message) Fields() []field.Field { return m.Body.Fields(m.Raw) }

// Inner gives the messages that the message carries.
func (m *Message) Inner() []Message {
	if c, ok := m.Body.(Carrier); ok {
		return c.Inner(m.Raw)
	}
	return nil
}
