package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"surel/protocols"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// JSONLines prints messages as they come, each as one line of JSON:
//
//	{"conn", "service", "client", "server", "message": as in JSON}
type JSONLines struct {
	Options
	w io.Writer
}

// NewJSONLines makes a writer that prints on w.
func NewJSONLines(w io.Writer, o Options) *JSONLines { return &JSONLines{Options: o, w: w} }

type jsonLine struct {
	Conn    wire.ConnID `json:"conn"`
	Service string      `json:"service"`
	Client  string      `json:"client"`
	Server  string      `json:"server"`
	Message entry       `json:"message"`
}

// Message prints a message of a connection, which speaks the protocol.
func (l *JSONLines) Message(c wire.Conn, p *protocols.Protocol, m *message.Message) error {
	e := newEntry(m, p, l.Options)
	e.addMistake()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(jsonLine{
		Conn: c.ID, Service: c.Service, Client: endpoint(c.Client), Server: endpoint(c.Server), Message: e,
	})
	if err == nil {
		_, err = l.w.Write(escapeHidden(b.Bytes()))
	}
	if err != nil {
		return fmt.Errorf("write JSON line: %w", err)
	}
	return nil
}
