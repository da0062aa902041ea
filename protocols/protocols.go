// Package protocols turns what crossed the wire into meaning. Start with
// Conversation, which reads the segments of one connection and gives its
// messages, and All, the list of the protocols that it knows.
//
// Everything below this folder is pure: it opens no socket and no file, asks
// no clock, and the same segments always give the same messages.
//
// To add a protocol: make one folder beside smtp, with a decoder, its tables,
// its notes in both languages and a variable Protocol of the shape that
// package smtp shows, and add that variable to All. Its decoder speaks English;
// notes/phrases.txt says each error and each other sentence of its own in
// Indonesian. A field whose value is such a sentence is field.Described, a body
// whose summary is one is a message.Describer. Tests then hold the new decoder
// to the invariants of package field and to both languages.
package protocols

import (
	"slices"

	"surel/protocols/dns"
	"surel/protocols/dns/dig"
	"surel/protocols/imap"
	"surel/protocols/machine"
	"surel/protocols/message"
	"surel/protocols/note"
	"surel/protocols/pop3"
	"surel/protocols/smtp"
	"surel/protocols/tls"
	"surel/protocols/transcript"
	"surel/protocols/wire"
)

// Protocol is what the rest of the program knows of a protocol.
type Protocol struct {
	// ID names it in addresses and files, such as "smtp".
	ID string
	// Name is its name in print, such as "SMTP".
	Name string
	// Services are the IANA service names whose connections begin with it,
	// such as "smtp" and "submission".
	Services []string
	// New makes a decoder for one connection.
	New func() Decoder
	// Notes are its explanations.
	Notes *note.Catalogue
	// States are the states of its conversation, those on the main way in
	// their order.
	States []machine.State
	// Verbs are the commands that a client can type; none for a protocol that
	// people do not type.
	Verbs []machine.Verb
	// Tagged tells that the client begins each command with a tag of its own
	// choice (RFC 9051 §2.2.1).
	Tagged bool
	// Transcript reads what people copy out of a terminal or a log; nil for a
	// protocol that has no such form.
	Transcript func(text string) ([]wire.Segment, error)
}

// Decoder cuts the two streams of one connection into messages. It keeps what
// it must remember of the conversation, and that is bounded whatever it is
// fed.
type Decoder interface {
	// Decode reads the bytes of one direction that are not yet consumed, and
	// gives the messages that are complete in them and how many bytes those
	// take. It is called again with what was not consumed and more behind it,
	// and also without more when the other direction has moved on. The
	// messages alias b.
	Decode(d wire.Dir, b []byte) (messages []message.Message, consumed int)
	// Flush is told that no more will come in this direction, and gives what
	// is left as messages.
	Flush(d wire.Dir, rest []byte) []message.Message
}

// Upgrader is a Decoder whose protocol can hand the connection over to
// another, as STARTTLS does.
type Upgrader interface {
	// Upgrade gives the ID of the protocol to which all further bytes belong;
	// empty while they are its own.
	Upgrade() string
}

// Joiner is a Decoder that can begin in the middle of a conversation.
type Joiner interface {
	// Join is called before the first Decode: nothing is known of what was
	// said before, so nothing that follows is a mistake because of it.
	Join()
}

// Protector is a Decoder that can be told that what it reads travels inside
// TLS.
type Protector interface {
	// Protect is called before the first Decode, with whether the connection
	// began in clear and was upgraded.
	Protect(afterUpgrade bool)
}

// Stater is a Decoder that can say where the conversation is.
type Stater interface {
	// State gives the key of the state in which the conversation is after what was
	// read, or at its beginning.
	State() string
}

// Offerer is a Decoder that knows which commands the server has announced.
type Offerer interface {
	// Offers tells whether the server takes a command of the protocol, by its name in
	// Verbs. Where no announcement was seen, every command counts as offered.
	Offers(name string) bool
}

// Closer is a Decoder that wants to know that nothing more will come.
type Closer interface {
	// Close is called after the last Flush.
	Close()
}

// Datagrammer is a Decoder whose protocol travels over UDP, too.
type Datagrammer interface {
	// Datagrams is called before the first Decode: each call then brings one
	// datagram, which is whole.
	Datagrams()
}

// All are the protocols that the program knows.
var All = []Protocol{
	{
		ID: smtp.ID, Name: "SMTP", Services: []string{"smtp", "submission"},
		New: func() Decoder { return smtp.NewDecoder() }, Notes: smtp.Notes, States: smtp.States, Verbs: smtp.Verbs,
		Transcript: spoken(smtp.NewSpeaker),
	},
	{
		ID: pop3.ID, Name: "POP3", Services: []string{"pop3"},
		New: func() Decoder { return pop3.NewDecoder() }, Notes: pop3.Notes, States: pop3.States, Verbs: pop3.Verbs,
		Transcript: spoken(pop3.NewSpeaker),
	},
	{
		ID: imap.ID, Name: "IMAP", Services: []string{"imap"},
		New: func() Decoder { return imap.NewDecoder() }, Notes: imap.Notes, States: imap.States, Verbs: imap.Verbs, Tagged: true,
		Transcript: spoken(imap.NewSpeaker),
	},
	{
		ID: dns.ID, Name: "DNS", Services: []string{"domain"},
		New: func() Decoder { return dns.NewDecoder() }, Notes: dns.Notes, States: dns.States, Verbs: dns.Verbs,
		Transcript: dig.Parse,
	},
	{
		ID: tls.ID, Name: "TLS", Services: []string{"submissions", "pop3s", "imaps", "tls"},
		New: func() Decoder { return tls.NewDecoder() }, Notes: tls.Notes, States: tls.States,
	},
}

// spoken reads the lines of a protocol in which a speaker tells the two sides
// apart.
func spoken(speaker func() transcript.Speaker) func(string) ([]wire.Segment, error) {
	return func(text string) ([]wire.Segment, error) { return transcript.Parse(text, speaker()), nil }
}

// ByID finds a protocol by its ID.
func ByID(id string) (*Protocol, bool) {
	return find(func(p Protocol) bool { return p.ID == id })
}

// ByService finds the protocol with which connections of a service begin.
func ByService(service string) (*Protocol, bool) {
	return find(func(p Protocol) bool { return slices.Contains(p.Services, service) })
}

func find(is func(Protocol) bool) (*Protocol, bool) {
	i := slices.IndexFunc(All, is)
	if i < 0 {
		return nil, false
	}
	return &All[i], true
}
