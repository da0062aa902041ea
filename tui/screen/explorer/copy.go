package explorer

import (
	tea "charm.land/bubbletea/v2"

	"surel/protocols/visible"
	"surel/tui/ui"
)

// maxCopy is how much of a message is copied, in bytes: terminals refuse more.
const maxCopy = 64 << 10

// copy puts the chosen message on the clipboard, as it is shown: escaped, and
// with its secrets masked.
func (m *Model) copy() tea.Cmd {
	e, ok := m.chosen()
	if !ok {
		return ui.Complain(m.ctx.Text.Get("explorer.copy.nothing"))
	}
	raw := m.reader.Message(e).Raw
	text := visible.Lines(m.tree.Hide(string(raw[:min(len(raw), maxCopy)])))
	return tea.Batch(tea.SetClipboard(text), ui.Say(m.ctx.Text.Get("explorer.copied")))
}
