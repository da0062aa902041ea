// Package source is the text with which the course began, word for word, as
// one text to read. Start with New.
package source

import (
	"strings"

	"charm.land/bubbles/v2/help"
	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/viewport"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"surel/lessons"
	"surel/tui/ui"
	"surel/tui/widget/block"
)

const (
	// measure is how wide a line of text may be and still read well, in cells.
	measure = 76
	// sideBySide is the width from which the contents stand beside the text.
	sideBySide = 120
)

// Model is the screen.
type Model struct {
	ctx    ui.Context
	read   func() *lessons.SourceText
	page   page
	view   viewport.Model
	width  int
	height int
}

var _ ui.Screen = (*Model)(nil)

// New makes the screen for the text that read gives once it is shown.
func New(read func() *lessons.SourceText) *Model {
	return &Model{read: read, view: viewport.New()}
}

// Init starts nothing.
func (m *Model) Init() tea.Cmd { return nil }

// Update moves through the text.
func (m *Model) Update(msg tea.Msg) (ui.Screen, tea.Cmd) {
	k := m.ctx.Keys
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, k.Up):
			m.view.ScrollUp(1)
		case key.Matches(msg, k.Down):
			m.view.ScrollDown(1)
		case key.Matches(msg, k.PageUp):
			m.view.PageUp()
		case key.Matches(msg, k.PageDown, k.Page):
			m.view.PageDown()
		case key.Matches(msg, k.Top):
			m.view.GotoTop()
		case key.Matches(msg, k.Bottom):
			m.view.GotoBottom()
		case key.Matches(msg, k.NextSection):
			m.view.SetYOffset(m.page.after(m.view.YOffset()))
		case key.Matches(msg, k.PrevSection):
			m.view.SetYOffset(m.page.before(m.view.YOffset()))
		}
	case tea.MouseWheelMsg:
		switch msg.Button {
		case tea.MouseWheelUp:
			m.view.ScrollUp(3)
		case tea.MouseWheelDown:
			m.view.ScrollDown(3)
		default:
		}
	case tea.MouseClickMsg:
		if i := msg.Y - contentsTop; msg.X < m.plan().contents && i >= 0 && i < len(m.page.sections) {
			m.view.SetYOffset(m.page.sections[i].line)
		}
	}
	return m, nil
}

// plan says how wide the contents are (0 for none), the text is, and how far
// from the left it begins.
type plan struct{ contents, text, margin int }

func (m *Model) plan() plan {
	if m.width >= sideBySide {
		return plan{contents: m.width - measure - 8, text: measure, margin: 4}
	}
	text := min(m.width-4, measure)
	return plan{text: text, margin: (m.width - text) / 2}
}

// SetSize says how much room there is.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.layOut()
}

// SetContext gives theme, words and keys anew.
func (m *Model) SetContext(ctx ui.Context) {
	m.ctx = ctx
	m.layOut()
}

// layOut breaks the text anew and keeps the place in it.
func (m *Model) layOut() {
	if m.ctx.Text == nil || m.width == 0 {
		return
	}
	at := m.page.place(m.view.YOffset())
	m.page = layOut(m.ctx, m.read(), m.plan().text)
	m.view.SetWidth(m.plan().text)
	m.view.SetHeight(max(m.height-2, 1))
	m.view.SetContentLines(m.page.lines)
	m.view.SetYOffset(m.page.lineOf(at))
}

// View draws the screen.
func (m *Model) View() string {
	p, t := m.plan(), m.ctx.Theme
	text := block.Fit(block.Indent(m.view.View(), p.margin), m.width-p.contents, m.height-2)
	if p.contents > 0 {
		text = block.Beside(block.Fit(m.contents(p.contents), p.contents, m.height-2), text)
	}
	rule := t.Border.Render(strings.Repeat(t.Lines.Top, m.width))
	left := " " + m.ctx.Text.Get("source.credit", m.read().Credit) + "   " + m.ctx.Text.Get("source.language")
	right := m.ctx.Text.Get("source.at", int(100*m.view.ScrollPercent())) + " "
	room := max(m.width-ansi.StringWidth(right)-1, 0)
	return rule + "\n" + text + "\n" + t.Faint.Render(block.Fit(ansi.Truncate(left, room, t.Signs.Ellipsis), room+1, 1)+right)
}

// contentsTop is the line of the screen on which the contents begin.
const contentsTop = 3

// contents names the sections; the one that is being read stands out.
func (m *Model) contents(width int) string {
	t := m.ctx.Theme
	lines := []string{" " + t.Title.Render(m.ctx.Text.Get("source.contents")), ""}
	here := m.page.section(m.view.YOffset())
	for i, s := range m.page.sections {
		sign, style := " ", t.Text
		if i == here {
			sign, style = t.Signs.Cursor, t.Selected
		}
		words := ansi.Truncate(strings.Repeat("  ", s.level)+s.name, width-5, t.Signs.Ellipsis)
		lines = append(lines, sign+" "+style.Render(" "+words+" "))
	}
	return strings.Join(lines, "\n")
}

// Title names the screen.
func (m *Model) Title() string { return m.ctx.Text.Get("source.title") }

// Help gives the keys that work now.
func (m *Model) Help() help.KeyMap {
	k := m.ctx.Keys
	return ui.Keys{
		Short: []key.Binding{k.Down, k.Up, k.Page, k.NextSection, k.PrevSection},
		Full:  [][]key.Binding{{k.Up, k.Down, k.PageUp, k.PageDown, k.Page}, {k.NextSection, k.PrevSection, k.Top, k.Bottom}},
	}
}

// Typing is false: nothing is typed here.
func (m *Model) Typing() bool { return false }

// Cursor is nil: nothing is typed here.
func (m *Model) Cursor() *tea.Cursor { return nil }

// Close ends nothing.
func (m *Model) Close() {}
