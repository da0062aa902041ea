// Package monitor is the screen that watches the lab: its servers with their
// real addresses, how other people's mail programs reach the chosen one, and
// the connections that were opened, each of which can be looked into. Start
// with New.
package monitor

import (
	"context"

	"charm.land/bubbles/v2/help"
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"surel/lessons/clients"
	"surel/protocols/wire"
	"surel/tui/ui"
	"surel/tui/widget/menu"
	"surel/tui/widget/panes"
)

// pane is one of the panes that can have the focus.
type pane int

const (
	serversPane pane = iota
	reachPane
	connsPane
	paneCount
)

// grown tells that the log has grown.
type grown struct{ owner *Model }

// Model is the screen.
type Model struct {
	ctx      ui.Context
	lab      ui.Lab
	open     func(wire.Conn) ui.Screen
	services []wire.Service
	recorded bool        // there is no lab but a recording
	conns    []wire.Conn // newest first; of a recording, oldest first
	servers  menu.Model
	list     menu.Model
	setting  int // the chosen one of the chosen server's settings
	below    int // lines that are scrolled past its first
	focus    pane
	frame    panes.Frame
	follower *wire.Follower
	life     context.Context //nolint:containedctx // the screen's life, which has no caller
	end      context.CancelFunc
	width    int
	height   int
}

var _ ui.Screen = (*Model)(nil)

// New makes the screen; open makes the one that looks into a connection.
// Close ends what it holds.
func New(lab ui.Lab, open func(wire.Conn) ui.Screen) *Model {
	m := &Model{lab: lab, open: open, services: lab.Services(), servers: menu.New(), list: menu.New()}
	if len(m.services) == 0 {
		m.recorded, m.focus = true, connsPane
	}
	m.life, m.end = context.WithCancel(context.Background())
	m.follower = lab.Log().Follow()
	return m
}

// Init starts to follow the log.
func (m *Model) Init() tea.Cmd {
	m.read()
	return m.follow()
}

func (m *Model) follow() tea.Cmd {
	c, life := m.follower.C, m.life
	return func() tea.Msg {
		select {
		case <-c:
			return grown{m}
		case <-life.Done():
			return nil
		}
	}
}

// Update moves the choice and opens what is chosen.
func (m *Model) Update(msg tea.Msg) (ui.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case grown:
		if msg.owner == m {
			m.read()
			return m, m.follow()
		}
	case tea.KeyPressMsg:
		return m, m.press(msg)
	case tea.MouseClickMsg:
		m.click(msg.X, msg.Y)
	}
	return m, nil
}

func (m *Model) press(k tea.KeyPressMsg) tea.Cmd {
	keys := m.ctx.Keys
	switch {
	case key.Matches(k, keys.NextPane, keys.PrevPane) && !m.recorded:
		step := pane(1)
		if key.Matches(k, keys.PrevPane) {
			step = paneCount - 1
		}
		m.focus = (m.focus + step) % paneCount
		m.layOut()
	case key.Matches(k, keys.Open):
		if c, ok := m.chosenConn(); ok && m.focus == connsPane {
			return ui.Open(m.open(c))
		}
	case key.Matches(k, keys.Copy):
		if all := m.settings(); len(all) > 0 {
			s := all[m.setting]
			return tea.Batch(tea.SetClipboard(s.Line), ui.Say(m.ctx.Text.Get("monitor.copied", s.Program)))
		}
	case m.focus == serversPane:
		before := m.servers.Chosen()
		m.servers = m.servers.Update(k)
		if m.servers.Chosen() != before {
			m.setting, m.below = 0, 0
		}
	case m.focus == reachPane:
		m.chooseSetting(k)
	default:
		m.list = m.list.Update(k)
	}
	return nil
}

// chooseSetting moves the choice among the ways to reach the server, or scrolls.
func (m *Model) chooseSetting(k tea.KeyPressMsg) {
	keys, last := m.ctx.Keys, len(m.settings())-1
	to := m.setting
	switch {
	case key.Matches(k, keys.PageUp):
		m.scrollReach(-1)
		return
	case key.Matches(k, keys.PageDown):
		m.scrollReach(1)
		return
	case key.Matches(k, keys.Up):
		to--
	case key.Matches(k, keys.Down):
		to++
	case key.Matches(k, keys.Top):
		to = 0
	case key.Matches(k, keys.Bottom):
		to = last
	default:
		return
	}
	m.setting, m.below = max(min(to, last), 0), 0
}

// click gives the pane under the pointer the focus and chooses its row.
func (m *Model) click(x, y int) {
	p := m.plan()
	switch {
	case p.servers.holds(x, y):
		m.focus = serversPane
		if i, ok := m.servers.At(y - p.servers.y - 1); ok {
			m.servers.Choose(i)
			m.setting, m.below = 0, 0
		}
	case p.reach.holds(x, y):
		m.focus = reachPane
		if i, ok := m.settingAt(y - p.reach.y - 1); ok {
			m.setting, m.below = i, 0
		}
	case p.conns.holds(x, y):
		m.focus = connsPane
		if i, ok := m.list.At(y - p.conns.y - 1); ok {
			m.list.Choose(i)
		}
	}
	m.layOut()
}

// read takes in the connections that the log holds by now. The choice stays
// with its connection.
func (m *Model) read() {
	chosen, had := m.chosenConn()
	all := m.lab.Log().Conns()
	m.conns = make([]wire.Conn, 0, len(all))
	for i := len(all) - 1; i >= 0; i-- {
		m.conns = append(m.conns, all[i])
	}
	if m.recorded {
		m.conns = all
	}
	m.layOut()
	if !had {
		return
	}
	for i, c := range m.conns {
		if c.ID == chosen.ID {
			m.list.Choose(i)
		}
	}
}

func (m *Model) chosenConn() (wire.Conn, bool) {
	i := m.list.Chosen()
	if i < 0 || i >= len(m.conns) {
		return wire.Conn{}, false
	}
	return m.conns[i], true
}

// settings tell how programs reach the chosen server.
func (m *Model) settings() []clients.Setting {
	i := m.servers.Chosen()
	if i < 0 || i >= len(m.services) {
		return nil
	}
	s := m.services[i]
	user, password := m.lab.Login(s.Host)
	return clients.For(s, clients.Account{User: user, Password: password}, clients.Trust{CA: m.lab.CAFile(), Anchor: m.lab.AnchorFile()})
}

// SetSize says how much room there is.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.layOut()
}

// SetContext gives theme, words and keys anew.
func (m *Model) SetContext(ctx ui.Context) {
	m.ctx = ctx
	k := ctx.Keys
	keys := menu.KeyMap{Up: k.Up, Down: k.Down, PageUp: k.PageUp, PageDown: k.PageDown, Top: k.Top, Bottom: k.Bottom}
	m.servers.KeyMap, m.list.KeyMap = keys, keys
	m.servers.Theme, m.list.Theme = ctx.Theme, ctx.Theme
	m.layOut()
}

// Title names the screen.
func (m *Model) Title() string {
	if m.recorded {
		return m.ctx.Text.Get("monitor.recording")
	}
	return m.ctx.Text.Get("monitor.title")
}

// Help gives the keys that work now.
func (m *Model) Help() help.KeyMap {
	k := m.ctx.Keys
	short := []key.Binding{k.Choose, k.NextPane, k.Copy}
	if m.focus == connsPane {
		short = []key.Binding{k.Open, k.Choose, k.NextPane}
	}
	if m.recorded {
		short = []key.Binding{k.Open, k.Choose, k.PageDown}
	}
	return ui.Keys{Short: short, Full: [][]key.Binding{
		{k.Open, k.Copy, k.NextPane, k.PrevPane},
		{k.Up, k.Down, k.PageUp, k.PageDown, k.Top, k.Bottom},
	}}
}

// Typing is false: nothing is typed here.
func (m *Model) Typing() bool { return false }

// Cursor is nil: nothing is typed here.
func (m *Model) Cursor() *tea.Cursor { return nil }

// Close stops following the log.
func (m *Model) Close() {
	m.end()
	m.follower.Stop()
}
