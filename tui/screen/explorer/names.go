package explorer

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/protocols/dns"
	"surel/protocols/dns/walk"
	"surel/protocols/visible"
	"surel/tui/widget/board"
	"surel/tui/widget/line"
)

// page is what the pane about the name system shows.
type page uint8

// The pages.
const (
	zonesPage  page = iota // the tree of zones, and where we are in it
	routePage              // where a letter must go, with the reasons
	cachePage              // what the resolver remembers
	headerPage             // the message's twelve first bytes
	tripsPage              // the flights of a TLS handshake
	chainPage              // the server's certificates
	keysPage               // how its keys come to be
)

// String gives the word by which the labels know the page.
func (p page) String() string {
	return [...]string{"zones", "route", "cache", "header", "trips", "chain", "keys"}[p]
}

// names is the board about the name system, or about TLS: it stands where other
// conversations have the mailbox.
type names struct {
	board board.Model
	turn  int // which of the pages is shown
	ticks int // counts the times it was opened, so that a stale tick is known
}

// second tells that the TTLs have run down by a second.
type second struct {
	owner *Model
	ticks int
}

// aboutNames tells whether the conversation is about the name system.
func (m *Model) aboutNames() bool {
	if m.watched != nil {
		return m.watched.Service == lessons.NameService
	}
	return m.scenario.Protocol() == dns.ID
}

// page gives the page that is shown.
func (m *Model) page() page { return m.pages()[m.names.turn%len(m.pages())] }

// toggleNames opens the pane, or closes it.
func (m *Model) toggleNames() tea.Cmd {
	m.box.open = !m.box.open
	m.names.ticks++
	if !m.box.open && m.focus == boxPane {
		m.focus = ladderPane
	}
	m.arrange()
	return m.tick()
}

// otherPage turns to the next page.
func (m *Model) otherPage() tea.Cmd {
	m.names.turn = (m.names.turn + 1) % len(m.pages())
	m.names.ticks++
	m.arrange()
	return m.tick()
}

// tick lets a second pass where TTLs are seen to run.
func (m *Model) tick() tea.Cmd {
	if !m.box.open || m.page() != cachePage {
		return nil
	}
	ticks := m.names.ticks
	return tea.Tick(time.Second, func(time.Time) tea.Msg { return second{m, ticks} })
}

// second draws the cache anew.
func (m *Model) second(msg second) tea.Cmd {
	if msg.owner != m || msg.ticks != m.names.ticks {
		return nil
	}
	m.showNames()
	return m.tick()
}

// showNames fills the pane with what is known at the chosen message.
func (m *Model) showNames() {
	if !m.box.open || !m.hasBoard() {
		return
	}
	var lines []board.Line
	switch m.page() {
	case zonesPage:
		lines = m.zoneLines(walk.Zones(m.messages(), m.resolver()), "", "")
	case routePage:
		lines = m.routeLines()
	case cachePage:
		lines = m.cacheLines()
	case headerPage:
		lines = m.headerLines()
	case tripsPage:
		lines = m.tripLines()
	case chainPage:
		lines = m.chainLines()
	case keysPage:
		lines = m.keyLines()
	}
	m.names.board.SetLines(lines)
}

// resolver gives the host that the clients ask.
func (m *Model) resolver() string {
	if len(m.scenario.Clients) == 0 {
		return ""
	}
	return hostOf(m.scenario.Clients[0])
}

// maxSearch is how many messages before the chosen one are looked at.
const maxSearch = 1000

// messages gives those of the name system up to the chosen one.
func (m *Model) messages() []walk.Exchange {
	entries := m.reader.Entries()
	end := min(m.ladder.Cursor()+1, len(entries))
	var all []walk.Exchange
	for _, e := range entries[max(0, end-maxSearch):end] {
		if m.reader.Protocol(e).ID != dns.ID {
			continue
		}
		if c, ok := dns.ReadContent(m.reader.Message(e)); ok {
			conn := m.reader.Conn(e)
			all = append(all, walk.Exchange{Client: conn.Client.Host, Server: conn.Server.Host, Content: c})
		}
	}
	return all
}

// zoneLines draw the tree of zones.
func (m *Model) zoneLines(z *walk.Zone, indent, branch string) []board.Line {
	signs := m.ctx.Theme.Signs
	sign, tone := signs.Ahead, board.Faint
	switch {
	case z.Here:
		sign, tone = signs.Here, board.Strong
	case z.Asked:
		sign, tone = signs.Past, board.Plain
	}
	name := visible.String(z.Name)
	if z.Name == "." {
		name = m.ctx.Text.Get("names.root")
	}
	text := indent + branch + sign + " " + name
	if z.Answered {
		text += " " + signs.Check
	}
	lines := []board.Line{{Tone: tone, Text: text}}
	below := indent + strings.Repeat(" ", len([]rune(branch)))
	for _, s := range z.Servers {
		lines = append(lines, board.Line{Tone: board.Faint, Text: below + "    @" + visible.String(strings.TrimSuffix(s, "."))})
	}
	for _, child := range z.Below {
		lines = append(lines, m.zoneLines(child, below+" ", signs.Last+signs.Line+" ")...)
	}
	return lines
}

// routeLines say where a letter must go, step by step.
func (m *Model) routeLines() []board.Line {
	words := m.ctx.Text
	search := walk.Route(m.messages(), m.resolver())
	if search == nil {
		return m.wrapped(board.Faint, words.Get("names.no-route"))
	}
	say := func(s string) string { return visible.String(dns.Notes.Phrase(s, m.ctx.Lang())) }
	var lines []board.Line
	for i, s := range search.Steps() {
		lines = append(lines, m.wrapped(board.Plain, fmt.Sprintf("%d. %s", i+1, say(s.Text)))...)
	}
	if q, more := search.Ask(); more {
		return append(lines, m.wrapped(board.Faint, words.Get("names.next", string(q.Type), visible.String(q.Name)))...)
	}
	r := search.Result()
	if len(r.Targets) == 0 {
		return append(lines, m.wrapped(board.Bad, words.Get("names.no-target", r.Status))...)
	}
	for i, t := range r.Targets {
		lines = append(lines, board.Line{Tone: board.Good, Text: fmt.Sprintf("%d. %s %s (%d)", i+1, visible.String(t.Host), t.Addr, t.Preference)})
	}
	return lines
}

// cacheLines list what the resolver remembers, with the time that is left.
func (m *Model) cacheLines() []board.Line {
	words, signs := m.ctx.Text, m.ctx.Theme.Signs
	all := m.lab.Remembered()
	if len(all) == 0 {
		return m.wrapped(board.Faint, words.Get("names.empty"))
	}
	var lines []board.Line
	for _, e := range all {
		mark, tone := " ", board.Plain
		switch {
		case e.Bogus:
			mark, tone = signs.Cross, board.Bad
		case e.Secure:
			mark = signs.Check
		}
		values := e.Denial
		if len(e.Values) > 0 {
			values = strings.Join(e.Values, ", ")
		}
		left := fmt.Sprintf("%5ds", int(e.Left.Seconds()))
		text := fmt.Sprintf("%s %s %s %s: %s", left, mark, e.Name, e.Type, values)
		lines = append(lines, board.Line{Tone: tone, Text: visible.String(text)})
	}
	return lines
}

// headerLines draw the header of the chosen message as RFC 1035 §4.1.1 does.
func (m *Model) headerLines() []board.Line {
	entries := m.reader.Entries()
	i := m.ladder.Cursor()
	var h [6]uint16
	ok := i >= 0 && i < len(entries) && m.reader.Protocol(entries[i]).ID == dns.ID
	if ok {
		h, ok = dns.HeaderWords(m.reader.Message(entries[i]))
	}
	if !ok {
		return m.wrapped(board.Faint, m.ctx.Text.Get("names.no-header"))
	}
	wide := func(name, value string) board.Line {
		return board.Line{Text: fmt.Sprintf("|%-31s|", fmt.Sprintf(" %-7s %s", name, value))}
	}
	lines := []board.Line{
		wide("ID", fmt.Sprintf("0x%04x", h[0])),
		{Text: "|Q|       |A|T|R|R| |A|C|       |"},
		{Text: "|R|OPCODE |A|C|D|A|Z|D|D| RCODE |"},
		{Tone: board.Strong, Text: flagBits(h[1])},
	}
	for i, name := range []string{"QDCOUNT", "ANCOUNT", "NSCOUNT", "ARCOUNT"} {
		lines = append(lines, wide(name, strconv.Itoa(int(h[2+i]))))
	}
	return lines
}

// flagBits draws the second word of the header bit by bit.
func flagBits(word uint16) string {
	var b strings.Builder
	for i := range 16 {
		b.WriteByte("| "[between(i)])
		b.WriteByte('0' + byte(word>>(15-i)&1))
	}
	return b.String() + "|"
}

// between tells by 1 that the i-th bit of the flags belongs to the field of the
// bit before it.
func between(i int) int {
	if i >= 2 && i <= 4 || i >= 13 {
		return 1
	}
	return 0
}

// wrapped breaks a text into lines of the pane.
func (m *Model) wrapped(tone board.Tone, text string) []board.Line {
	var lines []board.Line
	for _, l := range line.Wrap(text, m.names.board.Width()) {
		lines = append(lines, board.Line{Tone: tone, Text: l})
	}
	return lines
}
