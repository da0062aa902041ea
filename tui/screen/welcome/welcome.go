// Package welcome is what a new person sees first: one question, the language. Start
// with New.
package welcome

import (
	"strings"

	"charm.land/bubbles/v2/help"
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"surel/protocols/note"
	"surel/tui/text"
	"surel/tui/ui"
	"surel/tui/widget/block"
	"surel/tui/widget/menu"
)

// Model is the screen.
type Model struct {
	ctx    ui.Context
	begin  func(note.Lang) tea.Cmd
	menu   menu.Model
	width  int
	height int
}

var _ ui.Screen = (*Model)(nil)

// New makes the screen, with a language chosen that the person may speak; begin goes on
// in the one that is taken.
func New(likely note.Lang, begin func(note.Lang) tea.Cmd) *Model {
	m := &Model{begin: begin, menu: menu.New()}
	rows := make([]menu.Row, len(note.Langs))
	for i, lang := range note.Langs {
		rows[i].Left = string(rune('1'+i)) + "  " + text.For(lang).Get("welcome.name")
	}
	m.menu.SetRows(rows)
	for i, lang := range note.Langs {
		if lang == likely {
			m.menu.Choose(i)
		}
	}
	return m
}

// Init starts nothing.
func (m *Model) Init() tea.Cmd { return nil }

// Update moves the choice and takes it.
func (m *Model) Update(msg tea.Msg) (ui.Screen, tea.Cmd) {
	k := m.ctx.Keys
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, k.Open):
			return m, m.take(m.menu.Chosen())
		case key.Matches(msg, k.Number):
			return m, m.take(int(msg.Code - '1'))
		}
	case tea.MouseClickMsg:
		if i, ok := m.menu.At(msg.Y - m.top() - menuLine); ok {
			return m, m.take(i)
		}
		return m, nil
	}
	m.menu = m.menu.Update(msg)
	return m, nil
}

func (m *Model) take(i int) tea.Cmd {
	if i < 0 || i >= len(note.Langs) {
		return nil
	}
	return m.begin(note.Langs[i])
}

// SetSize says how much room there is.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.menu.SetSize(min(width, measure), len(note.Langs))
}

// SetContext gives theme, words and keys anew.
func (m *Model) SetContext(ctx ui.Context) {
	m.ctx = ctx
	k := ctx.Keys
	m.menu.KeyMap = menu.KeyMap{Up: k.Up, Down: k.Down, PageUp: k.PageUp, PageDown: k.PageDown, Top: k.Top, Bottom: k.Bottom}
	m.menu.Theme = ctx.Theme
}

const (
	// measure is how wide the text is at most, in cells.
	measure = 60
	// menuLine is the line of the text on which the languages begin.
	menuLine = 6
	// lines is how many lines the text has.
	lines = menuLine + 2
)

// top is the line on which the text begins.
func (m *Model) top() int { return max((m.height-lines)/2, 0) }

// View draws the screen: the question in every language, because none is chosen yet.
func (m *Model) View() string {
	t := m.ctx.Theme
	var all []string
	for _, lang := range note.Langs {
		words := text.For(lang)
		all = append(all, t.Title.Render(words.Get("welcome.hello")), t.Text.Render(words.Get("welcome.choose")), "")
	}
	all = append(all, m.menu.View())
	width := min(m.width, measure)
	text := block.Indent(block.Fit(strings.Join(all, "\n"), width, lines), (m.width-width)/2)
	return block.Fit(strings.Repeat("\n", m.top())+text, m.width, m.height)
}

// Title is empty: this is where everything begins.
func (m *Model) Title() string { return "" }

// Help gives the keys that work now.
func (m *Model) Help() help.KeyMap {
	k := m.ctx.Keys
	return ui.Keys{Short: []key.Binding{k.Choose, k.Open}, Full: [][]key.Binding{{k.Choose, k.Open, k.Number}}}
}

// Typing is false: nothing is typed here.
func (m *Model) Typing() bool { return false }

// Cursor is nil: nothing is typed here.
func (m *Model) Cursor() *tea.Cursor { return nil }

// Close ends nothing.
func (m *Model) Close() {}
