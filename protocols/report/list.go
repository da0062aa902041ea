package report

import (
	"bytes"
	"fmt"
	"io"

	"surel/protocols"
	"surel/protocols/visible"
	"surel/protocols/wire"
)

// List prints a line for each message: when, who to whom, and the message in one
// line. Passwords are masked as everywhere.
func List(w io.Writer, r Report) error {
	err := inOrder(len(r.Connections), func(i int) ([]byte, error) { return r.listed(&r.Connections[i]), nil }, func(b []byte) error {
		_, err := w.Write(b)
		return err
	})
	if err != nil {
		return fmt.Errorf("write the list: %w", err)
	}
	return nil
}

// listed gives the lines of a connection.
func (r Report) listed(c *Connection) []byte {
	var out bytes.Buffer
	client, server := endpoint(c.Client), endpoint(c.Server)
	for n := range c.Len() {
		m := c.Message(n)
		from, to := client, server
		if m.Dir == wire.ServerToClient {
			from, to = server, client
		}
		text := protocols.Words{Protocol: c.ProtocolOf(n), Lang: r.Lang}.Summary(m)
		if !r.ShowSecrets {
			text = secretsWithin(m).maskText(text)
		}
		fmt.Fprintf(&out, "%s  %s > %s  %s\n", m.Time.UTC().Format(timeLayout), from, to, visible.String(text))
	}
	return out.Bytes()
}
