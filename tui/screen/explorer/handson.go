package explorer

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/protocols"
	"surel/protocols/dns"
	"surel/protocols/visible"
	"surel/protocols/wire"
)

// openPrompt lets the person type. Where there is no connection yet, one is
// opened as the script does.
func (m *Model) openPrompt() tea.Cmd {
	m.halt()
	m.typing, m.trouble = true, nil
	m.explain()
	m.listen()
	if len(m.reader.Entries()) == 0 && !m.run.busy {
		m.run.from = -1
		return m.run.reconnect()
	}
	return nil
}

// typed takes a key at the prompt.
func (m *Model) typed(k tea.KeyPressMsg) tea.Cmd {
	keys := m.ctx.Keys
	switch {
	case key.Matches(k, keys.Back) && m.run.slow:
		m.run.cancel()
	case key.Matches(k, keys.Back):
		m.typing = false
		m.explain()
	case key.Matches(k, keys.Open):
		return m.sendTyped()
	case key.Matches(k, keys.Speaker):
		return m.otherSpeaker()
	case key.Matches(k, keys.PageUp) && k.Text == "":
		m.move(-m.ladder.Page())
	case key.Matches(k, keys.PageDown) && k.Text == "":
		m.move(m.ladder.Page())
	default:
		m.run.entered = false
		var cmd tea.Cmd
		m.prompt, cmd = m.prompt.Update(k)
		return cmd
	}
	return nil
}

// sendTyped sends what is typed, exactly and whatever it is; on a connection
// that has ended it opens a new one, and what is typed waits. While another line is
// being answered it waits for its turn; where commands have tags it does so at the
// prompt, because its tag is not known yet.
func (m *Model) sendTyped() tea.Cmd {
	if m.run.busy {
		p := m.protocolOf(m.run.runner.Typist())
		if p != nil && p.Tagged {
			m.run.entered = true
		} else if len(m.run.waiting) < maxWaiting {
			m.run.waiting = append(m.run.waiting, m.prompt.Take())
		}
		return nil
	}
	m.prepareTyped()
	if m.hungUp() {
		return m.run.reconnect()
	}
	return m.run.send(m.prompt.Take())
}

// maxWaiting is how many typed lines wait for their turn.
const maxWaiting = 100

// sendWaiting sends the next of the lines that wait for their turn; nil where there
// is none.
func (m *Model) sendWaiting() tea.Cmd {
	if m.run.busy {
		return nil
	}
	switch {
	case m.run.entered:
		m.run.entered = false
		return m.sendTyped()
	case len(m.run.waiting) > 0:
	case m.run.after != nil:
		after := m.run.after
		m.run.after = nil
		return after()
	default:
		return nil
	}
	m.prepareTyped()
	if m.hungUp() {
		return m.run.reconnect()
	}
	line := m.run.waiting[0]
	m.run.waiting = m.run.waiting[1:]
	return m.run.send(line)
}

// prepareTyped gets the screen ready for what comes of a typed line.
func (m *Model) prepareTyped() {
	m.trouble = nil
	m.run.from = m.ladder.Cursor()
	m.box.pane.Settle()
}

// listen tells the prompt where the conversation is: by what was said in the
// clear, also inside TLS, where the wire shows nothing any more.
func (m *Model) listen() {
	if !m.typing {
		return
	}
	if m.spoken == nil {
		m.spoken = protocols.NewReader(m.run.runner.Plain(), nil)
	}
	m.spoken.Read()
	m.prompt.SetSpeaker(m.speakerName())
	p := m.protocolOf(m.run.runner.Typist())
	if p == nil {
		return
	}
	m.prompt.SetOffered(m.offers())
	if p.ID == dns.ID {
		m.prompt.SetState(p.Verbs, "", m.ctx.Text.Get("explorer.hint.ask"))
		return
	}
	state, hint := "", m.ctx.Text.Get("explorer.hint.connect")
	if now, ok := m.stateSpoken(p); ok {
		state = now
		hint = m.hintOf(p, state)
	}
	if m.hungUp() {
		state, hint = "", m.ctx.Text.Get("explorer.hint.closed")
	}
	if n := m.run.runner.Literal(); n > 0 {
		hint = m.ctx.Text.Get("explorer.hint.literal", n)
	}
	m.prompt.SetState(p.Verbs, state, hint)
	m.prompt.SetTag(m.nextTag(p))
}

// speakerName names the client for which a person types; empty where no other talks.
func (m *Model) speakerName() string {
	if len(m.scenario.Clients) < 2 && !m.othersTalk() {
		return ""
	}
	return visible.String(m.run.runner.Typist())
}

// plainConn gives the connection of the client for which a person types, in the clear;
// false before it has one.
func (m *Model) plainConn() (wire.Conn, bool) {
	return m.run.runner.PlainConn(m.run.runner.Typist())
}

// saidLast tells whether what was said last comes from the host for which a person types:
// a line inside TLS that nobody answers is on the wire a moment after it was typed.
func (m *Model) saidLast() bool {
	entries := m.reader.Entries()
	if len(entries) == 0 {
		return false
	}
	last := entries[len(entries)-1]
	c, ok := m.plainConn()
	return ok && m.reader.Conn(last).Client.Host == c.Client.Host && m.reader.Message(last).Dir == wire.ClientToServer
}

// othersTalk tells whether there is a connection of another host than the one for which
// a person types, such as that of a server which hands a letter on. Questions to the
// name system show by themselves whose they are.
func (m *Model) othersTalk() bool {
	if p := m.protocolOf(m.run.runner.Typist()); p == nil || p.ID == dns.ID {
		return false
	}
	c, ok := m.plainConn()
	return ok && slices.ContainsFunc(m.reader.Conns(), func(other wire.Conn) bool { return other.Client.Host != c.Client.Host })
}

// hintOf says what is expected in a state: the words of the screens where they
// have any for it, otherwise the state's note.
func (m *Model) hintOf(p *protocols.Protocol, state string) string {
	if label := "explorer.hint." + state; m.ctx.Text.Has(label) {
		return m.ctx.Text.Get(label)
	}
	n, _ := p.Notes.Lookup("state/"+state, m.ctx.Lang())
	return n.Text
}

// offers says which commands the server takes of the client for which a person types; nil
// where nothing has been said.
func (m *Model) offers() func(name string) bool {
	c, ok := m.plainConn()
	if !ok {
		return nil
	}
	talk, ok := m.spoken.Conversation(c.ID)
	if !ok {
		return nil
	}
	return talk.Offers
}

// stateSpoken gives the state of what was said in the clear in the protocol, on the
// connection of the client for which a person types; false before anything was. Where
// TLS has just begun inside a conversation, that goes on before a word is said.
func (m *Model) stateSpoken(p *protocols.Protocol) (state string, ok bool) {
	c, ok := m.plainConn()
	if !ok {
		return "", false
	}
	entries := m.spoken.Entries()
	for i := len(entries) - 1; i >= 0 && i >= len(entries)-lookBack; i-- {
		if entries[i].Conn == c.ID && m.spoken.Protocol(entries[i]) == p {
			return m.spoken.Message(entries[i]).State, true
		}
	}
	talk, ok := m.spoken.Conversation(c.ID)
	if !ok || !c.AfterUpgrade || talk.Len() > 0 {
		return "", false
	}
	return talk.State(), true
}

// hungUp tells whether the connection on which a person types has ended.
func (m *Model) hungUp() bool {
	client := m.run.runner.Typist()
	if p := m.protocolOf(client); p != nil && p.ID == dns.ID {
		return false // each question has a socket of its own
	}
	return m.run.runner.HungUp(client)
}

// otherSpeaker lets the person type for the scenario's next client, whose connection
// is opened where it has none. While a line is being answered it waits for its turn.
func (m *Model) otherSpeaker() tea.Cmd {
	clients, now := m.scenario.Clients, m.run.runner.Typist()
	if len(clients) < 2 {
		return nil
	}
	if m.run.busy {
		m.run.after = m.otherSpeaker
		return nil
	}
	at := slices.IndexFunc(clients, func(c lessons.Client) bool { return c.Name == now })
	m.run.runner.SpeakAs(clients[(at+1)%len(clients)].Name)
	m.listen()
	if _, ok := m.plainConn(); !ok {
		m.run.from = m.ladder.Cursor()
		return m.run.reconnect()
	}
	return nil
}
