package fieldtree

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// KeyMap is the keys of the tree.
type KeyMap struct {
	Up, Down, PageUp, PageDown, Top, Bottom key.Binding
	Open, Close, Toggle, Punctuation        key.Binding
}

// Update takes a key.
func (m Model) Update(msg tea.Msg) (Model, tea.Cmd) {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return m, nil
	}
	switch {
	case key.Matches(k, m.KeyMap.Up):
		m.Move(-1)
	case key.Matches(k, m.KeyMap.Down):
		m.Move(1)
	case key.Matches(k, m.KeyMap.PageUp):
		m.Move(-m.height)
	case key.Matches(k, m.KeyMap.PageDown):
		m.Move(m.height)
	case key.Matches(k, m.KeyMap.Top):
		m.Move(-len(m.nodes))
	case key.Matches(k, m.KeyMap.Bottom):
		m.Move(len(m.nodes))
	case key.Matches(k, m.KeyMap.Open):
		m.Open()
	case key.Matches(k, m.KeyMap.Close):
		m.Close()
	case key.Matches(k, m.KeyMap.Toggle):
		m.Toggle()
	case key.Matches(k, m.KeyMap.Punctuation):
		m.SetPunctuation(!m.punctuation)
	}
	return m, nil
}
