package report

import (
	"bytes"
	"fmt"
	"io"

	"surel/protocols"
	"surel/protocols/message"
	"surel/protocols/visible"
	"surel/protocols/wire"
)

// indent is the step by which Text sets in what belongs to something.
const indent = "  "

// Text prints a report to be read from top to bottom: each message, its
// meaning, its fields. There are no frames and no colours, and no line is
// longer than 80 columns.
func Text(w io.Writer, r Report) error {
	t, err := NewText(w, r.Options)
	if err != nil {
		return err
	}
	if r.Scenario != "" {
		t.paragraph("", fmt.Sprintf(t.labels["scenario"], visible.String(r.Scenario)))
		t.blank()
	}
	for i := range r.Connections {
		c := &r.Connections[i]
		t.connection(c.Conn)
		for e := range r.entries(c) {
			t.entry(e)
			if err := t.flush(); err != nil {
				return err
			}
		}
		t.end(c)
	}
	if len(r.Connections) == 0 {
		t.paragraph("", t.labels["none"])
	}
	return t.flush()
}

// TextWriter prints messages as they come, in the form of Text. It is not safe
// for concurrent use.
type TextWriter struct {
	Options
	w       io.Writer
	labels  labels
	current wire.ConnID
	started bool
	told    map[string]bool     // notes given since the last heading
	number  map[wire.ConnID]int // of the last message, from 1
	out     bytes.Buffer
}

// NewText makes a writer that prints on w.
func NewText(w io.Writer, o Options) (*TextWriter, error) {
	l, err := readLabels(o.Lang)
	if err != nil {
		return nil, err
	}
	return &TextWriter{Options: o, w: w, labels: l, number: map[wire.ConnID]int{}}, nil
}

// Message prints a message of a connection. Where the one before it was of
// another connection, a heading comes first. The protocol is that of the
// message, as Conversation.ProtocolOf gives it.
func (t *TextWriter) Message(c wire.Conn, p *protocols.Protocol, m *message.Message) error {
	if !t.started || t.current != c.ID {
		t.connection(c)
	}
	e := newEntry(m, p, t.Options)
	t.entry(&e)
	return t.flush()
}

func (t *TextWriter) flush() error {
	_, err := t.out.WriteTo(t.w)
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// connection prints the heading of a connection. A connection without
// addresses, as a transcript is, has none.
func (t *TextWriter) connection(c wire.Conn) {
	t.started, t.current, t.told = true, c.ID, map[string]bool{}
	if len(t.number) >= wire.DefaultLimits.Conns { // a log keeps no more either
		clear(t.number)
	}
	if endpoint(c.Server) == "" {
		return
	}
	t.paragraph("", fmt.Sprintf(t.labels["connection"], c.ID, ends(c)))
	t.blank()
}

// ends names the two sides of a connection and its service.
func ends(c wire.Conn) string {
	return visible.String(endpoint(c.Client) + " → " + endpoint(c.Server) + " (" + c.Service + ")")
}

// endpoint names a side; empty where it has neither name nor address.
func endpoint(e wire.Endpoint) string {
	if e.Host == "" && !e.Addr.IsValid() {
		return ""
	}
	return e.String()
}

// end tells what is peculiar about a connection.
func (t *TextWriter) end(c *Connection) {
	switch {
	case c.Lost > 0:
		t.paragraph("", fmt.Sprintf(t.labels["lost"], c.Lost))
		t.blank()
	case len(c.Messages()) == 0:
		t.paragraph("", t.labels["empty"])
		t.blank()
	}
}
