package pop3

import (
	"slices"
	"strings"

	"surel/protocols/line"
	"surel/protocols/stuffed"
)

// offer is what the last answer to CAPA announced: capabilities, in capitals,
// with their arguments. A nil offer stands for a conversation in which it was
// not asked; it allows everything.
type offer struct{ capabilities map[string]string }

// maxOffer bounds how long a list of capabilities is remembered, in bytes.
const maxOffer = 64 << 10

// readOffer reads a whole list of capabilities (RFC 2449 §5).
func readOffer(text string) *offer {
	o := &offer{capabilities: map[string]string{}}
	for row := range strings.Lines(text) {
		if stuffed.IsFinal(row) {
			break
		}
		keyword, arguments, _ := strings.Cut(line.Cut(row), " ")
		o.capabilities[strings.ToUpper(keyword)] = strings.ToUpper(arguments)
	}
	return o
}

// has tells whether the capability was announced.
func (o *offer) has(capability string) bool {
	if o == nil {
		return true
	}
	_, ok := o.capabilities[capability]
	return ok
}

// takes tells whether the server announced the command.
func (o *offer) takes(v verb) bool {
	capability, optional := announcedBy[v]
	return !optional || o.has(capability)
}

// hasMechanism tells whether the way of logging in was announced
// (RFC 5034 §3).
func (o *offer) hasMechanism(mechanism string) bool {
	return o == nil || slices.Contains(strings.Fields(o.capabilities["SASL"]), strings.ToUpper(mechanism))
}
