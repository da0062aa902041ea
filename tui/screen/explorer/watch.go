package explorer

import (
	"context"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/protocols"
	"surel/protocols/visible"
	"surel/protocols/wire"
	"surel/tui/ui"
)

// Watch makes the screen for a connection on which somebody else speaks: a
// mail program from outside, or one of the lab's servers. Nothing can be
// played or typed on it, and the cursor goes along with what comes as long as
// it stands at the end.
func Watch(lab ui.Lab, c wire.Conn) *Model {
	s := lessons.Scenario{}
	if p, ok := protocols.ByService(c.Service); ok {
		s.ID = p.ID + "/"
	}
	m := &Model{lab: lab, scenario: s, watched: &c}
	m.life, m.end = context.WithCancel(context.Background())
	m.follower = lab.Log().Follow()
	m.begin()
	return m
}

// wants tells whether the screen shows a connection.
func (m *Model) wants(c wire.Conn) bool {
	if m.watched != nil {
		return c.ID == m.watched.ID
	}
	return m.run.owns(c)
}

// watchTitle names the two ends of the connection.
func (m *Model) watchTitle() string {
	return visible.String(m.watched.Client.String() + " " + m.ctx.Theme.Signs.Right + " " + m.watched.Server.String())
}

// barred tells whether a key has nothing to work on here.
func (m *Model) barred(k tea.KeyPressMsg) bool { return key.Matches(k, m.idle()...) }

// idle are the keys that have nothing to work on: what is watched is not played here, and
// where a person does everything by hand nothing plays by itself.
func (m *Model) idle() []key.Binding {
	k := m.ctx.Keys
	var none []key.Binding
	switch {
	case m.watched != nil:
		none = []key.Binding{k.Type, k.Hold, k.Restart, k.Scenarios}
	case m.free || m.try.hides():
		none = []key.Binding{k.Hold, k.Auto, k.Slower, k.Faster}
	}
	if !m.hasBoard() && len(m.addresses()) == 0 { // a recording has no mailboxes
		none = append(none, k.Box, k.OtherBox)
	}
	return none
}

// offered leaves out the keys that have nothing to work on here.
func (m *Model) offered(all []key.Binding) []key.Binding {
	return without(all, m.idle()...)
}

// without leaves keys out.
func without(all []key.Binding, out ...key.Binding) []key.Binding {
	left := map[string]bool{}
	for _, b := range out {
		left[b.Help().Key] = true
	}
	var kept []key.Binding
	for _, b := range all {
		if !left[b.Help().Key] {
			kept = append(kept, b)
		}
	}
	return kept
}
