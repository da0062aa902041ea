package report

import (
	"bufio"
	"fmt"
	"io"

	"surel/protocols"
	"surel/protocols/visible"
	"surel/protocols/wire"
)

// List prints a line for each message: when, who to whom, and the message in one
// line. Passwords are masked as everywhere.
func List(w io.Writer, r Report) error {
	out := bufio.NewWriter(w) // an error shows at the end
	for i := range r.Connections {
		c := &r.Connections[i]
		client, server := endpoint(c.Client), endpoint(c.Server)
		for n := range c.Len() {
			m := c.Message(n)
			from, to := client, server
			if m.Dir == wire.ServerToClient {
				from, to = server, client
			}
			words := protocols.Words{Protocol: c.ProtocolOf(n), Lang: r.Lang}
			text := words.Summary(m)
			if !r.ShowSecrets {
				text = secretsWithin(m).maskText(text)
			}
			_, _ = fmt.Fprintf(out, "%s  %s > %s  %s\n", m.Time.UTC().Format(timeLayout), from, to, visible.String(text))
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write the list: %w", err)
	}
	return nil
}
