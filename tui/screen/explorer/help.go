package explorer

import (
	"slices"

	"charm.land/bubbles/v2/help"
	"charm.land/bubbles/v2/key"

	"surel/tui/ui"
	"surel/tui/widget/fieldtree"
	"surel/tui/widget/hexview"
	"surel/tui/widget/maildir"
)

// Help gives the keys that work now.
func (m *Model) Help() help.KeyMap {
	k := m.ctx.Keys
	switch {
	case m.ask.open:
		return ui.Keys{Short: []key.Binding{m.named(k.Open, "apply")}, Full: m.allKeys()}
	case m.typing:
		short := []key.Binding{m.named(k.Open, "send"), m.named(k.NextPane, "complete"), m.named(k.Up, "history")}
		if len(m.scenario.Clients) > 1 {
			short = append(short, k.Speaker)
		}
		if m.try.hides() {
			short = append(short, m.named(k.Back, "helps"))
		}
		return ui.Keys{Short: short, Full: m.allKeys()}
	}
	var short []key.Binding
	switch m.focus {
	case meaningPane, taskPane:
		short = []key.Binding{k.Up, k.Down, k.Next, k.Previous, k.NextPane}
	case treePane:
		short = []key.Binding{m.named(k.Right, "unfold"), m.named(k.Left, "fold"), k.Up, k.Down, k.NextPane, m.punctuation(), k.Secrets}
	case hexPane:
		short = []key.Binding{k.Left, k.Right, k.Up, k.Down, k.NextPane, k.Secrets}
	case boxPane:
		short = []key.Binding{k.Up, k.Down, k.Next, k.NextPane, m.otherBoxKey(), m.boxKey()}
	default:
		short = []key.Binding{k.Next, k.Previous, k.Auto, k.Type, k.NextPane, m.boxKey(), k.Hold, k.Filter, k.Restart}
		if m.inTLS() {
			short = slices.Insert(short, 4, k.Eavesdrop)
		}
		switch {
		case m.try.hides():
			short = slices.Concat([]key.Binding{k.Type}, m.tryKeys(), without(short, k.Type))
		case m.try == nil:
			short = slices.Insert(short, 4, m.lessonKeys()...)
		}
	}
	return ui.Keys{Short: m.offered(short), Full: m.allKeys()}
}

func (m *Model) allKeys() [][]key.Binding {
	k := m.ctx.Keys
	return [][]key.Binding{
		{k.Next, k.Previous, k.Up, k.Down, k.PageUp, k.PageDown, k.Top, k.Bottom},
		m.offered(slices.Concat([]key.Binding{k.Type, k.Auto, k.Slower, k.Faster, k.Hold}, m.boxKeys(), []key.Binding{k.Restart, k.Scenarios})),
		m.lessonKeys(),
		{k.NextPane, k.PrevPane, m.named(k.Open, "unfold"), m.punctuation(), k.Secrets, k.Filter, k.Lane, k.Jump, k.Copy},
	}
}

// lessonKeys are the keys of a lesson's scenarios and tasks.
func (m *Model) lessonKeys() []key.Binding {
	k := m.ctx.Keys
	switch {
	case m.try.hides():
		return m.tryKeys()
	case m.beside.markdown != nil && m.width >= wide:
		return []key.Binding{k.Lesson}
	}
	return nil
}

// tryKeys are the keys that help with a task.
func (m *Model) tryKeys() []key.Binding {
	keys := []key.Binding{m.ctx.Keys.Hint}
	if m.try.mayShow() {
		keys = append(keys, m.ctx.Keys.Way)
	}
	keys = append(keys, m.ctx.Keys.Free)
	return keys
}

// named gives a key with what it does here.
func (m *Model) named(b key.Binding, label string) key.Binding {
	return key.NewBinding(key.WithKeys(b.Keys()...), key.WithHelp(b.Help().Key, m.ctx.Text.Get("explorer.key."+label)))
}

// punctuation is the key that shows the fields which only separate others.
func (m *Model) punctuation() key.Binding {
	return key.NewBinding(key.WithKeys("."), key.WithHelp(".", m.ctx.Text.Get("explorer.key.punctuation")))
}

// setKeys gives the panes their keys out of the program's key map.
func (m *Model) setKeys() {
	k := m.ctx.Keys
	m.tree.KeyMap = fieldtree.KeyMap{
		Up: k.Up, Down: k.Down, PageUp: k.PageUp, PageDown: k.PageDown, Top: k.Top, Bottom: k.Bottom,
		Open: k.Right, Close: k.Left, Toggle: k.Open, Punctuation: m.punctuation(),
	}
	m.box.pane.KeyMap = maildir.KeyMap{
		Up: k.Up, Down: k.Down, PageUp: k.PageUp, PageDown: k.PageDown, Top: k.Top, Bottom: k.Bottom,
	}
	m.hex.KeyMap = hexview.KeyMap{
		Left: k.Left, Right: k.Right, Up: k.Up, Down: k.Down,
		PageUp: k.PageUp, PageDown: k.PageDown, Top: k.Top, Bottom: k.Bottom,
	}
}

// boxKey and otherBoxKey are the keys of the mailbox's pane, or of the one about
// the name system in its place.
func (m *Model) boxKey() key.Binding {
	switch {
	case m.aboutTLS():
		return m.named(m.ctx.Keys.Box, "tls")
	case m.aboutNames():
		return m.named(m.ctx.Keys.Box, "names")
	}
	return m.ctx.Keys.Box
}

// boxKeys are the keys of that pane, and where it is about the name system the one
// that asks outside the lab.
func (m *Model) boxKeys() []key.Binding {
	keys := []key.Binding{m.boxKey(), m.otherBoxKey()}
	if m.inTLS() {
		keys = append(keys, m.ctx.Keys.Eavesdrop)
	}
	if m.aboutNames() {
		keys = append(keys, m.ctx.Keys.Outside)
	}
	return keys
}

func (m *Model) otherBoxKey() key.Binding {
	if m.hasBoard() {
		return m.named(m.ctx.Keys.OtherBox, "other-page")
	}
	return m.ctx.Keys.OtherBox
}
