package report

import (
	"strings"

	"surel/protocols"
	"surel/protocols/message"
	"surel/protocols/visible"
)

// Line gives a message in two lines at most: what it is called, and the first
// sentence of its note. Its bytes are not in it, so that no password is.
func Line(m *message.Message, p *protocols.Protocol, o Options) string {
	if t, ok := m.Body.(protocols.Tunnel); ok && len(t.Carried()) > 0 {
		if words := (protocols.Words{Protocol: p, Lang: o.Lang}).Of(&t.Carried()[0]); words.Protocol != p {
			m, p = &t.Carried()[0], words.Protocol
		}
	}
	n, ok := p.Notes.Lookup(m.Note, o.Lang)
	if !ok {
		return visible.String(m.Name)
	}
	sentence := n.Text
	if i := strings.Index(sentence, ". "); i >= 0 {
		sentence = sentence[:i+1]
	}
	return n.Title + ": " + strings.ReplaceAll(sentence, "\n", " ")
}
