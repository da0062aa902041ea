package explorer

import (
	"fmt"
	"strings"

	"surel/protocols"
	"surel/protocols/message"
	"surel/protocols/note"
	"surel/protocols/tls"
	"surel/protocols/visible"
	"surel/protocols/wire"
	"surel/tui/widget/board"
)

// aboutTLS tells whether the conversation is there to show TLS.
func (m *Model) aboutTLS() bool {
	if m.watched != nil {
		return wire.Implicit(m.watched.Service) || m.watched.Service == "tls"
	}
	return m.scenario.Protocol() == tls.ID
}

// hasBoard tells whether a board stands where other conversations have the
// mailbox.
func (m *Model) hasBoard() bool { return m.aboutNames() || m.aboutTLS() }

// pages are those of the board, in their order.
func (m *Model) pages() []page {
	if m.aboutTLS() {
		return []page{tripsPage, chainPage, keysPage}
	}
	return []page{zonesPage, routePage, cachePage, headerPage}
}

// records gives those of the chosen message's connection up to it, and all of them.
func (m *Model) records() (upTo, all []*message.Message) {
	e, ok := m.chosen()
	if !ok {
		return nil, nil
	}
	talk, ok := m.reader.Conversation(e.Conn)
	if !ok {
		return nil, nil
	}
	for i := range talk.Len() {
		msg := talk.Message(i)
		if _, is := msg.Body.(*tls.Record); !is {
			continue
		}
		all = append(all, msg)
		if i <= int(e.Index) {
			upTo = append(upTo, msg)
		}
	}
	return upTo, all
}

// lastRecord gives the record that knows the most of the connection; nil where
// there is none.
func (m *Model) lastRecord() *tls.Record {
	_, all := m.records()
	if len(all) == 0 {
		return nil
	}
	return all[len(all)-1].Body.(*tls.Record)
}

// tripLines list the flights of the handshake: what each side sent at once, how
// much that was, and after how many round trips.
func (m *Model) tripLines() []board.Line {
	upTo, all := m.records()
	if len(all) == 0 {
		return m.wrapped(board.Faint, m.ctx.Text.Get("tls.no-tls"))
	}
	var lines []board.Line
	flights := flightsOf(all)
	seen := 0
	for i, f := range flights {
		tone := board.Faint
		if seen < len(upTo) {
			tone = board.Plain
		}
		if seen += f.records; seen >= len(upTo) && tone == board.Plain && seen-f.records < len(upTo) {
			tone = board.Strong
		}
		arrow := "→"
		if f.dir == wire.ServerToClient {
			arrow = "←"
		}
		text := fmt.Sprintf("%d %s %s (%s)", i+1, arrow, strings.Join(f.names, ", "), m.ctx.Text.Get("tls.bytes", f.bytes))
		lines = append(lines, m.wrapped(tone, visible.String(text))...)
	}
	return append(lines, m.wrapped(board.Good, m.ctx.Text.Get("tls.trips", tripsOf(flights)))...)
}

// flight is what one side sends before the other answers.
type flight struct {
	dir            wire.Dir
	names          []string
	bytes, records int
}

// flightsOf cuts the handshake into flights, up to the first application data.
func flightsOf(all []*message.Message) (flights []flight) {
	for _, msg := range all {
		r := msg.Body.(*tls.Record)
		if _, through := r.Through(); through {
			break
		}
		if len(flights) == 0 || flights[len(flights)-1].dir != msg.Dir {
			flights = append(flights, flight{dir: msg.Dir})
		}
		f := &flights[len(flights)-1]
		name := msg.Name
		if carried := r.Carried(); len(carried) > 0 {
			name = carried[0].Name
		}
		f.names = append(f.names, bracketed(msg, name))
		f.bytes += len(msg.Raw)
		f.records++
	}
	return flights
}

// tripsOf counts the round trips before the client may send its first data.
func tripsOf(flights []flight) int {
	n := 0
	for _, f := range flights {
		if f.dir == wire.ServerToClient {
			n++
		}
	}
	return n
}

// chainLines show the server's certificates and what a client finds of them.
func (m *Model) chainLines() []board.Line {
	r := m.lastRecord()
	if r == nil {
		return m.wrapped(board.Faint, m.ctx.Text.Get("tls.no-tls"))
	}
	chain := r.Chain()
	if len(chain.Certificates) == 0 && r.Reads() == tls.Nobody {
		return m.wrapped(board.Faint, m.ctx.Text.Get("tls.no-chain"))
	}
	var lines []board.Line
	for i, c := range chain.Certificates {
		lines = append(lines, m.wrapped(board.Strong, visible.String(fmt.Sprintf("%d. %s", i+1, c.Subject)))...)
		lines = append(lines, m.wrapped(board.Plain, visible.String("   ← "+c.Issuer))...)
		lines = append(lines, m.wrapped(board.Faint, "   SHA-256 "+c.Fingerprint)...)
	}
	_, all := m.records()
	for _, f := range chain.Judge(all[0].Time, m.lab.ClientTLS("").RootCAs) {
		sign, tone := m.ctx.Theme.Signs.Cross, board.Bad
		switch {
		case f.Unknown:
			sign, tone = "?", board.Faint
		case f.Good:
			sign, tone = m.ctx.Theme.Signs.Check, board.Good
		}
		n := m.noteOf(f.Note)
		text := sign + " " + n.Title
		if f.Detail != "" {
			text += ": " + f.Detail
		}
		lines = append(lines, m.wrapped(tone, visible.String(text))...)
		if !f.Good {
			lines = append(lines, m.wrapped(board.Plain, "   "+n.Text)...)
		}
	}
	return lines
}

func (m *Model) noteOf(key string) note.Note {
	p, _ := protocols.ByID(tls.ID)
	n, _ := p.Notes.Lookup(key, m.ctx.Lang())
	return n
}

// keyLines show how the keys come to be.
func (m *Model) keyLines() []board.Line {
	r := m.lastRecord()
	if r == nil || m.eavesdropping {
		return m.wrapped(board.Faint, m.ctx.Text.Get("tls.no-keys"))
	}
	values := r.Schedule()
	if values == nil {
		return m.wrapped(board.Faint, m.ctx.Text.Get("tls.no-keys"))
	}
	var lines []board.Line
	told := map[string]bool{}
	for _, v := range values {
		lines = append(lines, m.wrapped(board.Strong, v.Name)...)
		if v.How != "" {
			lines = append(lines, m.wrapped(board.Faint, "  = "+v.How)...)
		}
		hex := v.Hex
		if hex == "" {
			hex = m.ctx.Text.Get("tls.not-known")
		}
		lines = append(lines, m.wrapped(board.Good, "  "+hex)...)
		if !told[v.Note] {
			told[v.Note] = true
			lines = append(lines, m.wrapped(board.Plain, "  "+m.noteOf(v.Note).Text)...)
		}
	}
	return lines
}
