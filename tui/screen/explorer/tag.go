package explorer

import (
	"bytes"
	"strconv"

	"surel/protocols"
	"surel/protocols/wire"
)

// tagSign begins the tags that the prompt fills in. Those of the scripts begin
// with a capital, and a tag is not to be used twice (RFC 9051 §2.2.1).
const tagSign = "a"

// nextTag gives a tag that is not yet used on the connection on which a person
// types; empty where commands have none.
func (m *Model) nextTag(p *protocols.Protocol) string {
	if !p.Tagged {
		return ""
	}
	last := 0
	if now, ok := m.plainConn(); ok {
		for _, c := range m.spoken.Conns() { // before TLS and inside it
			if talk, ok := m.spoken.Conversation(c.ID); ok && c.Client.Real == now.Client.Real {
				last = max(last, lastTag(talk))
			}
		}
	}
	return tagSign + strconv.Itoa(last+1)
}

// lastTag gives the highest number of the prompt's tags in a conversation.
func lastTag(talk *protocols.Conversation) int {
	last := 0
	for _, msg := range talk.Messages() {
		if msg.Dir != wire.ClientToServer {
			continue
		}
		tag, _, _ := bytes.Cut(msg.Raw[:min(len(msg.Raw), maxText)], []byte(" "))
		digits, ours := bytes.CutPrefix(tag, []byte(tagSign))
		if n, err := strconv.Atoi(string(digits)); ours && err == nil {
			last = max(last, n)
		}
	}
	return last
}
