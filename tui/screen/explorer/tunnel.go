package explorer

import (
	"bytes"

	"surel/protocols"
	"surel/protocols/message"
	"surel/protocols/smtp"
	"surel/protocols/tls"
	"surel/protocols/wire"
)

// throughTunnel gives the first message that goes through a TLS record; nil where
// none does, or none that can be seen.
func throughTunnel(msg *message.Message) *message.Message {
	t, ok := msg.Body.(protocols.Tunnel)
	if !ok {
		return nil
	}
	if _, through := t.Through(); !through || len(t.Carried()) == 0 {
		return nil
	}
	return &t.Carried()[0]
}

// partOf gives the beginning of what is said in a TLS record in which no message ends.
// What a client says could be a part of a password, unless it is one of a letter.
func (m *Model) partOf(e protocols.Entry, msg *message.Message) (string, bool) {
	t, ok := msg.Body.(protocols.Tunnel)
	if !ok || throughTunnel(msg) != nil || msg.Dir == wire.ClientToServer && !m.inLetter(e) {
		return "", false
	}
	text, ok := t.Through()
	if !ok {
		return "", false
	}
	line, _, _ := bytes.Cut(text[:min(len(text), maxText)], []byte("\r\n"))
	return string(line) + " …", true
}

// inLetter tells whether what comes in a TLS record is a part of a letter: the last
// message that ended before it has begun one.
func (m *Model) inLetter(e protocols.Entry) bool {
	for before := range back(e) {
		if throughTunnel(m.reader.Message(before)) != nil {
			p, state := m.speaker(before)
			return p.ID == smtp.ID && state == smtp.StateData
		}
	}
	return false
}

// bracketed writes a line as RFC 8446 §2 does: in braces what is encrypted with
// the keys of the handshake, in square brackets what with those of the application.
func bracketed(msg *message.Message, line string) string {
	r, ok := msg.Body.(*tls.Record)
	if !ok {
		return line
	}
	switch r.Reads() {
	case tls.HandshakeKeys:
		return "{" + line + "}"
	case tls.ApplicationKeys:
		return "[" + line + "]"
	case tls.Anyone, tls.Nobody:
	}
	return line
}

// whoReads says who can read a TLS record; empty for what is none.
func (m *Model) whoReads(msg *message.Message) string {
	r, ok := msg.Body.(*tls.Record)
	if !ok {
		return ""
	}
	return m.ctx.Text.Get("tls.reads." + r.Reads().String())
}

// toggleEavesdrop closes what is encrypted, as whoever listens on the way sees
// it, or opens it again. The place in the conversation stays.
func (m *Model) toggleEavesdrop() {
	m.eavesdropping = !m.eavesdropping
	at := m.ladder.Cursor()
	m.reader = m.newReader()
	clear(m.lines)
	m.showing, m.lanes = false, lanes{}
	m.reader.Read()
	m.lanes.update(m.reader)
	m.ladder.SetLanes(m.lanes.heads)
	m.ladder.Choose(min(at, len(m.reader.Entries())-1))
	m.show()
}

func (m *Model) newReader() *protocols.Reader {
	r := protocols.NewReader(m.lab.Log(), m.wants)
	if m.eavesdropping {
		r.Eavesdrop()
	}
	return r
}

// inTLS tells whether any of the conversation is TLS, so that an eavesdropper sees
// something else.
func (m *Model) inTLS() bool {
	for _, c := range m.reader.Conns() {
		if len(c.Secrets) > 0 || wire.Implicit(c.Service) {
			return true
		}
	}
	return false
}

// speaker gives the protocol of a message and the state after it: of a TLS record
// that carries others, theirs.
func (m *Model) speaker(e protocols.Entry) (*protocols.Protocol, string) {
	msg := m.reader.Message(e)
	t, ok := msg.Body.(protocols.Tunnel)
	if throughTunnel(msg) == nil || !ok {
		return m.reader.Protocol(e), msg.State
	}
	carried := t.Carried()
	last := &carried[len(carried)-1]
	return m.words(e).Of(last).Protocol, last.State
}
