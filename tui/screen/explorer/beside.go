package explorer

import (
	"charm.land/bubbles/v2/viewport"

	"surel/protocols/note"
	"surel/tui/ui"
	"surel/tui/widget/block"
	"surel/tui/widget/prose"
)

// beside is the text of a lesson, which stands beside a scenario that belongs to it.
type beside struct {
	markdown func(note.Lang) string // nil for none
	hidden   bool                   // the person wants the room for the conversation
	view     viewport.Model
}

// Beside gives the text of the lesson to which the scenario belongs, in Markdown. It
// stands beside the conversation where there is room.
func (m *Model) Beside(markdown func(note.Lang) string) *Model {
	m.beside = beside{markdown: markdown, view: viewport.New()}
	return m
}

// shows tells whether the text is to be seen where there is room.
func (b *beside) shows() bool { return b.markdown != nil && !b.hidden }

// layOut draws the text into a room of cells.
func (b *beside) layOut(ctx ui.Context, width, height int) {
	if !b.shows() || width <= 0 {
		return
	}
	b.view.SetWidth(width)
	b.view.SetHeight(height)
	b.view.SetContent(block.Indent(prose.Render(ctx.Theme, b.markdown(ctx.Lang()), width-2), 1))
}

// Scroll moves what is seen by a number of lines.
func (b *beside) Scroll(by int) { b.view.SetYOffset(b.view.YOffset() + by) }

// Page gives how many lines are seen at once.
func (b *beside) Page() int { return max(b.view.Height(), 1) }

// aside is what stands in the pane beside everything.
func (m *Model) aside() scroller {
	if m.try == nil {
		return &m.beside
	}
	return &m.assignment
}

func (m *Model) asideView() string {
	if m.try != nil || m.layout.task.hidden() {
		return m.assignment.View()
	}
	width, height := inner(m.layout.task)
	text := block.Fit(m.beside.view.View(), width, height)
	if m.beside.view.AtBottom() {
		return text
	}
	return text[:len(text)-1] + m.ctx.Theme.Signs.Down // every line is filled with spaces
}

// toggleBeside hides the text of the lesson, or shows it again.
func (m *Model) toggleBeside() {
	m.beside.hidden = !m.beside.hidden
	m.arrange()
}
