package explorer

import (
	"bytes"
	"strings"

	"surel/protocols/imap"
	"surel/protocols/tls"
	"surel/protocols/visible"
	"surel/protocols/wire"
	"surel/tui/widget/ladder"
)

// maxUnread is how many lines are shown of what is no whole message yet.
const maxUnread = 3

// showUnread shows the last lines that a client has sent and that are no whole message
// yet: those of a letter before the dot that ends it, for example.
func (m *Model) showUnread() {
	for _, c := range m.reader.Conns() {
		talk, ok := m.reader.Conversation(c.ID)
		if !ok {
			continue
		}
		waiting, p := talk.Waiting(wire.ClientToServer)
		if len(waiting) == 0 || p.ID == tls.ID {
			continue // a record that is not whole says nothing
		}
		rows := lastLines(waiting, m.lanes.of[c.ID])
		if p.ID == imap.ID && !m.revealed && opensSession(waiting) {
			for i := range rows {
				rows[i].Text = strings.Repeat(m.ctx.Theme.Signs.Mask, 4)
			}
		}
		m.ladder.SetUnread(rows)
		return
	}
	m.ladder.SetUnread(nil)
}

// lastLines gives a row for each of the last lines.
func lastLines(waiting []byte, lane int) []ladder.Row {
	lines := bytes.SplitAfter(waiting, []byte("\n"))
	if len(lines[len(lines)-1]) == 0 {
		lines = lines[:len(lines)-1]
	}
	lines = lines[max(len(lines)-maxUnread, 0):]
	rows := make([]ladder.Row, len(lines))
	for i, l := range lines {
		l = bytes.TrimRight(l, "\r\n")
		rows[i] = ladder.Row{Lane: lane, Text: visible.String(string(l[:min(len(l), maxText)]))}
	}
	return rows
}

// opensSession tells whether a command of IMAP, which is no whole one yet, may hold a
// password.
func opensSession(waiting []byte) bool {
	words := bytes.Fields(waiting[:min(len(waiting), maxText)])
	return len(words) > 1 && (bytes.EqualFold(words[1], []byte("LOGIN")) || bytes.EqualFold(words[1], []byte("AUTHENTICATE")))
}
