package dns

import (
	"bytes"
	"slices"

	"surel/protocols/message"
	"surel/protocols/wire"
)

const (
	// lengthLen is the size of the length before each message on TCP
	// (RFC 1035 §4.2.2).
	lengthLen = 2
	// maxWaiting is how many queries without an answer are remembered.
	maxWaiting = 256
)

// Decoder reads the messages between one asker and one server: of a TCP
// connection, or of the datagrams between two sockets.
type Decoder struct {
	datagrams bool
	joined    bool // what was asked before is not known
	state     string
	count     int32
	waiting   []query
	skim      reader
}

// query is one that waits for its answer.
type query struct {
	id       uint16
	question []byte // as it stands in the message
	index    int32
}

// NewDecoder makes a decoder that has seen nothing yet.
func NewDecoder() *Decoder { return &Decoder{state: stateAsked} }

// Datagrams is told before the first Decode that each call brings one datagram.
func (d *Decoder) Datagrams() { d.datagrams = true }

// Join is told before the first Decode that queries may have come before.
func (d *Decoder) Join() { d.joined = true }

// Decode reads a datagram, or the messages that are complete in a stream.
func (d *Decoder) Decode(dir wire.Dir, b []byte) (messages []message.Message, consumed int) {
	if d.datagrams {
		if len(b) == 0 {
			return nil, 0
		}
		return []message.Message{d.read(dir, b, 0)}, len(b)
	}
	for len(b)-consumed >= lengthLen {
		rest := b[consumed:]
		n := lengthLen + int(rest[0])<<8 + int(rest[1])
		if len(rest) < n {
			break
		}
		messages = append(messages, d.read(dir, rest[:n:n], lengthLen))
		consumed += n
	}
	return messages, consumed
}

// Flush gives the beginning of a message that did not end.
func (d *Decoder) Flush(dir wire.Dir, rest []byte) []message.Message {
	if len(rest) == 0 {
		return nil
	}
	d.count++
	return []message.Message{{
		Raw: rest, Name: "unread", Note: "message/unread", State: d.state, Body: broken{}, Dir: dir, Malformed: true,
	}}
}

// read makes a message of its bytes.
func (d *Decoder) read(dir wire.Dir, raw []byte, begin int) message.Message {
	d.count++
	d.skim.skim(raw, begin)
	m := message.Message{Raw: raw, Dir: dir, Body: body{begin, d.skim.fields}, Malformed: d.skim.faults > 0}
	if len(raw)-begin < headerLen {
		m.Name, m.Note, m.State = "unread", "message/unread", d.state
		return m
	}
	h := readHeader(raw[begin:])
	if first := d.skim.first; h.has(flagQR) {
		d.response(&m, h, first.question, kindOf(h, first.types[authoritySection]))
	} else {
		d.query(&m, h, first.question, first.types[questionSection])
	}
	return m
}

func (d *Decoder) query(m *message.Message, h header, question []byte, qtype uint16) {
	if len(d.waiting) == maxWaiting {
		d.waiting = slices.Delete(d.waiting, 0, 1)
	}
	d.waiting = append(d.waiting, query{h.id, bytes.Clone(question), d.count})
	d.state = stateAsked
	m.Name, m.Note, m.State = "query", queryNote(h, qtype), d.state
	if m.Dir == wire.ServerToClient {
		m.Mistake = "mistake/direction"
	}
}

func (d *Decoder) response(m *message.Message, h header, question []byte, kind string) {
	d.state = stateAfter(kind)
	m.Name, m.Note, m.State = "response", responseNotes[kind], d.state
	if m.Note == "" {
		m.Note = "message/response/unknown"
	}
	i := slices.IndexFunc(d.waiting, func(q query) bool { return q.id == h.id })
	switch {
	case m.Dir == wire.ClientToServer:
		m.Mistake = "mistake/direction"
	case i < 0 && d.joined:
	case i < 0:
		m.Mistake = "mistake/unasked"
	case len(question) > 0 && !bytes.EqualFold(d.waiting[i].question, question):
		m.Mistake = "mistake/other-question"
	default:
		m.Answers = d.waiting[i].index
		d.waiting = slices.Delete(d.waiting, i, i+1)
	}
}

// queryNote gives the key of the note on a query.
func queryNote(h header, qtype uint16) string {
	if op := h.opcode(); op != 0 {
		return "message/query/other"
	}
	if note, ok := queryNotes[qtype]; ok {
		return note
	}
	return "message/query/unknown"
}

// queryNotes are the keys of the notes on queries for those types that a way to
// a mail server asks for.
var queryNotes = map[uint16]string{
	1: "message/query/A", 2: "message/query/NS", 12: "message/query/PTR", 15: "message/query/MX", 16: "message/query/TXT",
	28: "message/query/AAAA", 33: "message/query/SRV", 43: "message/query/DS", 48: "message/query/DNSKEY", 52: "message/query/TLSA",
}
