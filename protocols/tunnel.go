package protocols

import (
	"bytes"
	"slices"

	"surel/protocols/message"
	"surel/protocols/tls"
	"surel/protocols/wire"
)

// Keyed is a Decoder that can open what is encrypted.
type Keyed interface {
	// Keys gives the lines of a key log (RFC 9850). It may be called again when
	// more are known.
	Keys(lines []string)
}

// Tunnel is a Body that holds bytes of another protocol, as a TLS record does.
type Tunnel interface {
	message.Carrier
	// Through gives those bytes; false where there are none, or they are closed.
	Through() ([]byte, bool)
	// Carry gives it the messages that end in them.
	Carry(messages []message.Message)
	// Carried gives those messages.
	Carried() []message.Message
}

var (
	_ Keyed  = (*tls.Decoder)(nil)
	_ Tunnel = (*tls.Record)(nil)
)

// Keys gives the lines of a key log, so that what is encrypted can be opened. It
// is called before what they open, and again when more are known.
func (c *Conversation) Keys(lines []string) {
	if k, ok := c.decoder.(Keyed); ok {
		k.Keys(lines)
	}
	c.keys = lines
}

// through reads what goes through a tunnel as a conversation of its own, and
// gives the messages to what carried them.
func (c *Conversation) through(s wire.Segment, messages []message.Message) {
	for i := range messages {
		t, ok := messages[i].Body.(Tunnel)
		if !ok {
			continue
		}
		text, ok := t.Through()
		if !ok {
			continue
		}
		if c.inner == nil {
			if c.inner = c.begin(text); c.inner == nil {
				continue
			}
		}
		had := c.inner.Len()
		c.inner.Feed(wire.Segment{Time: s.Time, Dir: messages[i].Dir, Bytes: text})
		carried := slices.Clone(c.inner.Messages()[had-c.inner.gone:])
		for i := range carried {
			carried[i].Protocol = c.inner.first.ID
			carried[i].Answers = 0 // its numbers are those of the inner conversation
		}
		t.Carry(carried)
		c.inner.Forget()
	}
}

// begin begins the conversation inside a tunnel: that which the connection had
// before it, or else the one whose service it is, or that the first bytes show.
func (c *Conversation) begin(text []byte) *Conversation {
	p := c.first
	if p.ID == tls.ID {
		p = inside[c.service]
	}
	if p == nil {
		p = Recognise(text)
	}
	if p == nil {
		return nil
	}
	inner := NewConversationOf(p)
	inner.Protect(c.first.ID != tls.ID)
	return inner
}

// inside are the protocols of those services that begin with TLS (RFC 8314 §7).
var inside = map[string]*Protocol{}

func init() { //nolint:gochecknoinits // All cannot stand in a variable that All needs
	for service, id := range map[string]string{"submissions": "smtp", "pop3s": "pop3", "imaps": "imap"} {
		inside[service], _ = ByID(id)
	}
}

// Recognise tells the protocol of a conversation by its first bytes; nil where
// they are of none that is known.
func Recognise(text []byte) *Protocol {
	known := []struct {
		id    string
		signs []string
	}{
		{"smtp", []string{"220 ", "220-", "554 ", "421 ", "EHLO ", "HELO "}},
		{"pop3", []string{"+OK", "-ERR", "CAPA\r\n", "USER ", "STLS\r\n"}},
		{"imap", []string{"* OK", "* PREAUTH", "* BYE"}},
	}
	for _, k := range known {
		for _, sign := range k.signs {
			if len(text) >= len(sign) && bytes.EqualFold(text[:len(sign)], []byte(sign)) {
				p, _ := ByID(k.id)
				return p
			}
		}
	}
	if len(text) > 2 && text[0] == 22 && text[1] == 3 {
		p, _ := ByID(tls.ID)
		return p
	}
	return nil
}

// ServiceOf tells the service of a connection by what its first bytes are of, and
// among the services of that protocol by the server's port; empty where it is not
// known. DNS is known by its port alone: any bytes could be a part of it.
func ServiceOf(port uint16, first []byte) string {
	byPort := ports[port]
	p := Recognise(first)
	switch {
	case byPort == "domain" && p == nil:
		return byPort
	case p == nil:
		return ""
	case slices.Contains(p.Services, byPort):
		return byPort
	}
	if p.ID == tls.ID {
		return "tls"
	}
	return p.Services[0]
}

// ports are the services by the ports that IANA has registered for them, and those
// of the lab.
var ports = map[uint16]string{
	25: "smtp", 587: "submission", 465: "submissions", 110: "pop3", 995: "pop3s", 143: "imap", 993: "imaps", 53: "domain",
	2525: "smtp", 2587: "submission", 2465: "submissions", 2110: "pop3", 2995: "pop3s", 2143: "imap", 2993: "imaps", 2053: "domain",
}
