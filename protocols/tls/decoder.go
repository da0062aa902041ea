package tls

import (
	"encoding/binary"

	"surel/protocols/message"
	"surel/protocols/wire"
)

// maxFragment is the longest fragment that a record may carry, in bytes
// (RFC 5246 §6.2.3, which allows more than RFC 8446 §5.2).
const maxFragment = 1<<14 + 2048

// maxRefused is how much of a stream that is no TLS one message takes, in
// bytes.
const maxRefused = 16 << 10

// Decoder cuts the two directions of a connection into records, opens those
// whose keys it is told, and what they carry.
type Decoder struct {
	state string
	lost  [2]bool // what came was no record, so that no further one can be found
	s     *session
}

// NewDecoder makes a decoder for one connection, from its first TLS byte on.
func NewDecoder() *Decoder { return &Decoder{state: stateHello, s: newSession()} }

// Keys gives the lines of a key log (RFC 9850). It may be called again when more
// are known.
func (d *Decoder) Keys(lines []string) { d.s.setKeys(lines) }

// Decode gives the complete records in b.
func (d *Decoder) Decode(dir wire.Dir, b []byte) (messages []message.Message, consumed int) {
	for consumed < len(b) {
		rest := b[consumed:]
		if d.lost[dir] || !plausible(rest) {
			d.lost[dir] = true
			if len(rest) < maxRefused {
				break // until there is more, or the end
			}
			messages = append(messages, d.refused(dir, rest[:maxRefused], notRecord))
			consumed += maxRefused
			continue
		}
		n := recordLen(rest)
		if n == 0 || len(rest) < n {
			break
		}
		messages = append(messages, d.record(dir, rest[:n:n]))
		consumed += n
	}
	return messages, consumed
}

// Flush gives what is left when a direction ends.
func (d *Decoder) Flush(dir wire.Dir, rest []byte) []message.Message {
	if len(rest) == 0 {
		return nil
	}
	why := "the connection ended inside this record"
	if d.lost[dir] {
		why = notRecord
	}
	return []message.Message{d.refused(dir, rest, why)}
}

const notRecord = "this is not a TLS record"

// Close gives up what only the reading of more would need.
func (d *Decoder) Close() {
	d.s.transcript.bytes = nil
	for i := range d.s.dirs {
		d.s.dirs[i].opener, d.s.dirs[i].partial = nil, nil
	}
}

// plausible tells whether b can be the beginning of a record.
func plausible(b []byte) bool {
	if _, known := contentTypes[b[0]]; !known {
		return false
	}
	return len(b) < 2 || b[1] == 3 && (len(b) < headerLen || int(binary.BigEndian.Uint16(b[3:])) <= maxFragment)
}

// record reads one record.
func (d *Decoder) record(dir wire.Dir, raw []byte) message.Message {
	h := &d.s.dirs[dir]
	kind := raw[0]
	r := &Record{epoch: h.epoch, session: d.s}
	r.protected = h.epoch != epochClear && (d.s.version < version13 || kind == typeApplicationData)
	m := message.Message{Raw: raw, Name: contentTypes[kind], Note: "record/" + contentTypes[kind], Body: r, Dir: dir}
	content := raw[headerLen:]
	if r.protected || kind == typeApplicationData {
		r.protected = true
		r.shapes(d.s)
		o, err := d.s.open(dir, raw)
		r.epoch = d.s.dirs[dir].epoch
		if r.shut = shutBy(err); err != nil {
			d.closed(dir, kind, &m)
			return m
		}
		r.plain = &plain{o, d.s.version >= version13}
		kind, content = o.kind, o.text[:o.n]
		m.Name, m.Note = contentTypes[kind], "record/"+contentTypes[kind]
	}
	d.carried(dir, kind, content, r, &m)
	return m
}

// shapes says which of a protected record's bytes are what.
func (r *Record) shapes(s *session) {
	switch {
	case !s.known:
	case s.method.mac != nil:
		r.explicit = 16
		if s.server.macLater {
			r.tag = s.method.mac().Size()
		}
	default:
		r.tag = 16
		if s.version < version13 && !s.method.xorOnly {
			r.explicit = 8
		}
	}
}

// closed tells the state after a record that stays closed.
func (d *Decoder) closed(dir wire.Dir, kind byte, m *message.Message) {
	if kind == typeApplicationData || d.s.version != 0 && d.s.version < version13 && d.s.dirs[dir].seq > 1 {
		d.state = stateProtected
	}
	if kind == typeAlert && d.state == stateProtected {
		d.state = stateClosed
	}
	if d.s.dirs[dir].epoch == epochClear {
		d.s.enter(dir, epochApplication) // nothing was seen of the handshake
	}
	m.State = d.state
	m.Note = "record/closed"
	if kind == typeHandshake {
		m.Note = "record/closed/handshake"
	}
}

// carried takes in what a record holds.
func (d *Decoder) carried(dir wire.Dir, kind byte, content []byte, r *Record, m *message.Message) {
	switch kind {
	case typeHandshake:
		r.inner = d.s.cut(dir, content)
		for i := range r.inner {
			m.Malformed = m.Malformed || r.inner[i].Malformed
			if r.inner[i].Mistake != "" {
				m.Mistake = r.inner[i].Mistake
			}
		}
		if p := d.s.dirs[dir].partial; len(r.inner) == 0 && len(p) > 0 {
			r.part = handshakeName(append([]byte(nil), p...))
		}
		if len(r.inner) == 1 {
			m.Note = r.inner[0].Note
		} else if len(r.inner) > 1 {
			m.Note = "record/flight"
		}
	case typeAlert:
		inner := message.Message{Raw: content, Name: "alert", Note: "alert/unknown", Body: alert{}, Dir: dir}
		if len(content) == 2 {
			inner.Note = alerts.of(uint16(content[1])).note
			inner.Name = "alert " + alerts.of(uint16(content[1])).name
		} else {
			inner.Malformed, m.Malformed = true, true
		}
		m.Note = inner.Note
		r.inner = []message.Message{inner}
	case typeChangeCipherSpec:
		r.inner = []message.Message{{Raw: content, Name: "ChangeCipherSpec", Note: "record/change_cipher_spec", Body: specChange{}, Dir: dir}}
		d.s.changeCipherSpec(dir)
	}
	d.advance(kind, content)
	m.State = d.state
	for i := range r.inner {
		r.inner[i].State = d.state
	}
	r.state = d.state
}

// advance tells the state after a record that is open.
func (d *Decoder) advance(kind byte, content []byte) {
	s := d.s
	switch {
	case kind == typeAlert && len(content) == 2 && (content[0] == 2 || content[1] == 0):
		d.state = stateClosed
	case d.state == stateClosed:
	case s.dirs[0].done && s.dirs[1].done || kind == typeApplicationData:
		d.state = stateProtected
	case s.version != 0:
		d.state = stateKeys
	}
}

func (d *Decoder) refused(dir wire.Dir, raw []byte, why string) message.Message {
	return message.Message{
		Raw: raw, Name: "unread", Note: "record/unread", State: d.state, Body: refused(why), Dir: dir, Malformed: true,
	}
}
