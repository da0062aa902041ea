package report

import (
	"strings"

	"surel/protocols"
	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/note"
)

// maxInner bounds how deeply messages that carry messages are opened.
const maxInner = 8

// timeLayout is RFC 3339 with nanoseconds.
const timeLayout = "2006-01-02T15:04:05.000000000Z07:00"

// entry is a message as it is printed: explained in one language and without
// its secrets, but with all other bytes as they are. JSON prints it as it
// stands.
type entry struct {
	Dir    string   `json:"dir"`  // "C" or "S"
	Time   string   `json:"time"` // empty where it is not known
	Title  string   `json:"title"`
	Raw    []byte   `json:"raw"`
	Note   string   `json:"note"`
	Refs   []string `json:"refs"`
	State  string   `json:"state"`
	Fields []part   `json:"fields"`
	Inner  []entry  `json:"inner"`

	summary string
	clock   string
	state   string    // the state's label
	mistake note.Note // why the message is wrong here
}

// part is a field as it is printed.
type part struct {
	Name   string `json:"name"`
	Span   [2]int `json:"span"` // the first bit and the bit after the last
	Value  string `json:"value"`
	Note   string `json:"note"`
	Ref    string `json:"ref"`
	Error  string `json:"error"`
	Fields []part `json:"fields"`

	kind field.Kind
}

// explainer makes entries of one protocol's messages.
type explainer struct {
	Options
	protocol *protocols.Protocol
	words    protocols.Words
}

func newEntry(m *message.Message, p *protocols.Protocol, o Options) entry {
	e, _ := explainer{o, p, protocols.Words{Protocol: p, Lang: o.Lang}}.entry(m, 0)
	return e
}

// entry explains a message. It also gives the message's secrets, because they
// stand in what carries the message, too.
func (x explainer) entry(m *message.Message, depth int) (entry, secrets) {
	if words := x.words.Of(m); words.Protocol != x.protocol {
		x.protocol, x.words = words.Protocol, words
	}
	fields := m.Fields()
	var hidden secrets
	if !x.ShowSecrets {
		hidden = secretsOf(fields, m.Raw)
	}
	e := entry{Dir: m.Dir.String(), State: m.State, Inner: []entry{}, summary: x.words.Summary(m)}
	if !m.Time.IsZero() {
		e.Time, e.clock = m.Time.Format(timeLayout), m.Time.Format("15:04:05.000")
	}
	if depth < maxInner {
		for _, inner := range m.Inner() {
			carried, more := x.entry(&inner, depth+1)
			e.Inner = append(e.Inner, carried)
			hidden = hidden.with(more)
		}
	}
	n := x.note(m.Note)
	e.Title, e.Note, e.Refs = n.Title, n.Text, append([]string{}, n.Refs...)
	if n.Title == "" {
		e.Title = m.Name
	}
	if m.Mistake != "" {
		e.mistake = x.note(m.Mistake)
	}
	if m.State != "" {
		if n, ok := x.protocol.Notes.Lookup("state/"+m.State, x.Lang); ok && n.Key == "state/"+m.State {
			e.state = n.Title
		}
	}
	e.Fields = x.parts(fields, hidden, false)
	e.Raw = hidden.maskBytes(m.Raw)
	e.summary = hidden.maskText(e.summary)
	return e, hidden
}

func (x explainer) note(key string) note.Note {
	n, _ := x.protocol.Notes.Lookup(key, x.Lang) // without a note the names stand alone
	return n
}

func (x explainer) parts(fields []field.Field, hidden secrets, inSecret bool) []part {
	all := make([]part, len(fields))
	for i := range fields {
		f := &fields[i]
		n := x.note(f.Note)
		secret := !x.ShowSecrets && (inSecret || f.Kind == field.Secret)
		all[i] = part{
			Name: f.Name, Span: [2]int{f.Span.Start, f.Span.End}, Value: x.words.Value(f), Note: n.Text,
			Ref: strings.Join(n.Refs, ", "), Error: x.words.Fault(f), Fields: x.parts(f.Fields, hidden, secret),
			kind: f.Kind,
		}
		switch {
		case secret:
			all[i].Value = mask
		case hidden.in(f.Span):
			all[i].Value = hidden.maskText(all[i].Value)
			all[i].Error = hidden.maskText(all[i].Error)
		}
	}
	return all
}
