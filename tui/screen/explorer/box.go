package explorer

import (
	"context"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/protocols/visible"
	"surel/tui/widget/maildir"
)

// box is the pane of a mailbox's files.
type box struct {
	pane    maildir.Model
	open    bool
	address string
	changes <-chan struct{}
	over    <-chan struct{} // closed when the watching has ended
	stop    func()          // ends it; nil while nothing is watched
}

// listed brings the files of a mailbox, as they are after a change.
type listed struct {
	owner   *Model
	changes <-chan struct{} // by which a stale list is known
	files   []string
	err     error
}

// close ends the watching; it is safe to call more than once.
func (b *box) close() {
	if b.stop != nil {
		b.stop()
		b.stop = nil
	}
}

// toggleBox opens the pane of the mailbox's files, or closes it.
func (m *Model) toggleBox() tea.Cmd {
	m.box.open = !m.box.open
	if !m.box.open {
		m.box.close()
		if m.focus == boxPane {
			m.focus = ladderPane
		}
		m.arrange()
		return nil
	}
	if m.box.address == "" {
		m.box.address = m.addresses()[0]
	}
	return m.watchBox()
}

// otherBox shows the next of the mailboxes.
func (m *Model) otherBox() tea.Cmd {
	all := m.addresses()
	m.box.address = all[(slices.Index(all, m.box.address)+1)%len(all)]
	return m.watchBox()
}

// watchBox begins to show the mailbox of the chosen address.
func (m *Model) watchBox() tea.Cmd {
	m.box.close()
	m.box.pane.Forget()
	m.arrange()
	changes, stop, err := m.lab.Watch(m.box.address)
	if err != nil {
		m.box.pane.SetTrouble(m.ctx.Text.Get("explorer.box.trouble", visible.String(err.Error())))
		return nil
	}
	watching, end := context.WithCancel(m.life)
	m.box.changes, m.box.over = changes, watching.Done()
	m.box.stop = func() { end(); stop() }
	return m.listFiles()
}

// listFiles reads what files there are.
func (m *Model) listFiles() tea.Cmd {
	lab, address, changes := m.lab, m.box.address, m.box.changes
	return func() tea.Msg {
		files, err := lab.Files(address)
		return listed{m, changes, files, err}
	}
}

// listed shows the files and waits for the next change.
func (m *Model) listed(msg listed) tea.Cmd {
	if msg.owner != m || msg.changes != m.box.changes || !m.box.open {
		return nil
	}
	if msg.err != nil {
		m.box.pane.SetTrouble(m.ctx.Text.Get("explorer.box.trouble", visible.String(msg.err.Error())))
	} else {
		if m.watched != nil { // nobody's deed here says when a change is past
			m.box.pane.Settle()
		}
		m.box.pane.SetFiles(msg.files)
	}
	list, over := m.listFiles(), m.box.over
	return func() tea.Msg {
		select {
		case <-msg.changes:
			return list()
		case <-over:
			return nil
		}
	}
}

// readBox scrolls the files; what does not scroll them walks.
func (m *Model) readBox(k tea.KeyPressMsg) tea.Cmd {
	keys := m.box.pane.KeyMap
	if key.Matches(k, keys.Up, keys.Down, keys.PageUp, keys.PageDown, keys.Top, keys.Bottom) {
		m.box.pane, _ = m.box.pane.Update(k)
		return nil
	}
	return m.walkLadder(k)
}

// addresses gives the mailboxes that can be shown, first the one that the
// conversation is about.
func (m *Model) addresses() []string {
	var all []string
	add := func(address string) {
		if address != "" && !slices.Contains(all, address) {
			all = append(all, address)
		}
	}
	for _, b := range m.scenario.Mailboxes {
		add(b.Address)
	}
	for _, a := range m.scenario.Actions {
		for _, e := range a.Expects {
			add(e.Address)
		}
	}
	for _, host := range m.hosts() {
		address, _ := m.lab.Login(host)
		add(address)
	}
	return all
}

// hosts gives the servers with mailboxes, first those of the conversation.
func (m *Model) hosts() []string {
	var all []string
	if m.watched != nil {
		all = append(all, m.watched.Server.Host)
	}
	for _, c := range m.scenario.Clients {
		all = append(all, hostOf(c))
	}
	for _, s := range m.lab.Services() {
		all = append(all, s.Host)
	}
	return append(all, "")
}

// hostOf gives the server of a client without its port.
func hostOf(c lessons.Client) string {
	host, _, _ := strings.Cut(c.Server, ":")
	return host
}
