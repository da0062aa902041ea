// Package search is the screen that finds everything in which some words stand:
// lessons, scenarios, cards, terms, notes, and the sections of standards. Start with
// New.
package search

import (
	"strings"

	"charm.land/bubbles/v2/help"
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"surel/protocols/note"
	"surel/tui/ui"
	"surel/tui/widget/block"
	"surel/tui/widget/input"
	"surel/tui/widget/menu"
)

const (
	// sideBySide is the width from which what was found stands beside the list.
	sideBySide = 100
	// measure is how wide a line of text may be and still read well, in cells.
	measure = 76
)

// Model is the screen.
type Model struct {
	ctx    ui.Context
	all    func(note.Lang) []Entry
	lang   note.Lang // of the index
	index  *Index
	found  []Entry
	input  input.Model
	menu   menu.Model
	width  int
	height int
}

var _ ui.Screen = (*Model)(nil)

// New makes the screen; all gives what can be found, in a language.
func New(all func(note.Lang) []Entry) *Model { return &Model{all: all, menu: menu.New()} }

// Init starts nothing.
func (m *Model) Init() tea.Cmd { return nil }

// Update takes what is typed, moves the choice and opens what is chosen.
func (m *Model) Update(msg tea.Msg) (ui.Screen, tea.Cmd) {
	k := m.ctx.Keys
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, k.Back):
			return m, ui.Leave
		case key.Matches(msg, k.Open):
			return m, m.open()
		case msg.Code == tea.KeyUp, msg.Code == tea.KeyDown, msg.Code == tea.KeyPgUp, msg.Code == tea.KeyPgDown:
			m.menu = m.menu.Update(msg)
			return m, nil
		}
		m.input, _ = m.input.Update(msg)
		m.search()
	case tea.PasteMsg:
		m.input, _ = m.input.Update(msg)
		m.search()
	case tea.MouseClickMsg:
		at := m.plan().menu
		i, ok := m.menu.At(msg.Y - at.y)
		switch {
		case !ok || msg.X >= at.width:
		case i == m.menu.Chosen():
			return m, m.open()
		default:
			m.menu.Choose(i)
		}
	case tea.MouseWheelMsg:
		m.menu = m.menu.Update(msg)
	}
	return m, nil
}

// search finds anew, with the first of what is found chosen.
func (m *Model) search() {
	if m.index == nil || m.lang != m.ctx.Lang() {
		m.lang = m.ctx.Lang()
		m.index = NewIndex(m.all(m.lang))
	}
	m.found = m.index.Find(m.input.Value())
	rows := make([]menu.Row, len(m.found))
	for i, e := range m.found {
		rows[i] = menu.Row{Left: e.Title, Right: m.ctx.Text.Get(e.Kind)}
	}
	m.menu.SetRows(rows)
	m.menu.Choose(0)
}

// open opens what is chosen, where it is more than its words.
func (m *Model) open() tea.Cmd {
	if e, ok := m.chosen(); ok && e.Open != nil {
		return ui.Open(e.Open())
	}
	return nil
}

func (m *Model) chosen() (Entry, bool) {
	if i := m.menu.Chosen(); i >= 0 && i < len(m.found) {
		return m.found[i], true
	}
	return Entry{}, false
}

// area is a part of the screen, in cells.
type area struct{ x, y, width, height int }

// plan says where everything is; the first line is the rule, the second what is typed.
type plan struct{ menu, about area }

func (m *Model) plan() plan {
	const head = 3
	if m.width >= sideBySide {
		left := m.width * 2 / 5
		return plan{
			menu:  area{y: head, width: left, height: m.height - head},
			about: area{x: left, y: head, width: min(m.width-left, measure+4), height: m.height - head},
		}
	}
	rows := m.height / 3
	return plan{
		menu:  area{y: head, width: m.width, height: rows},
		about: area{y: head + rows + 1, width: min(m.width, measure+4), height: m.height - head - rows - 1},
	}
}

// SetSize says how much room there is.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	at := m.plan().menu
	m.menu.SetSize(at.width, at.height)
	m.input.SetWidth(width)
}

// SetContext gives theme, words and keys anew. What is found is kept.
func (m *Model) SetContext(ctx ui.Context) {
	first := m.ctx.Text == nil
	m.ctx = ctx
	if first {
		m.input = input.New(ctx.Theme, " / ")
		m.input.SetWidth(m.width)
	}
	m.input.SetTheme(ctx.Theme)
	m.menu.Theme = ctx.Theme
	m.menu.KeyMap = menu.KeyMap{Up: ctx.Keys.Up, Down: ctx.Keys.Down, PageUp: ctx.Keys.PageUp, PageDown: ctx.Keys.PageDown}
	if first || m.lang != ctx.Lang() {
		m.search()
	}
}

// View draws the screen.
func (m *Model) View() string {
	p, t := m.plan(), m.ctx.Theme
	rule := t.Border.Render(strings.Repeat(t.Lines.Top, m.width))
	head := []string{rule, block.Fit(m.input.View(), m.width, 1), rule}
	list := block.Fit(m.menu.View(), p.menu.width, p.menu.height)
	about := block.Fit(block.Indent(m.about(p.about.width-4), 2), m.width-p.about.x, p.about.height)
	if p.about.x > 0 {
		return strings.Join(append(head, block.Beside(list, about)), "\n")
	}
	return strings.Join(append(head, list, rule, about), "\n")
}

// about draws what is chosen with lines of at most width cells.
func (m *Model) about(width int) string {
	t, words := m.ctx.Theme, m.ctx.Text
	e, ok := m.chosen()
	switch {
	case !ok && strings.TrimSpace(m.input.Value()) == "":
		return t.Faint.Render(block.Wrap(words.Get("search.help", m.index.Len()), width))
	case !ok:
		return t.Faint.Render(block.Wrap(words.Get("search.nothing"), width))
	}
	parts := []string{
		t.Title.Render(block.Wrap(e.Title, width)) + "\n" + t.Faint.Render(words.Get("search.found", m.menu.Chosen()+1, len(m.found))),
		t.Text.Render(block.Wrap(block.Plain(e.Text), width)),
	}
	if len(e.Refs) > 0 {
		parts = append(parts, t.Reference.Render(block.Wrap(strings.Join(e.Refs, ", "), width)))
	}
	return strings.Join(parts, "\n\n")
}

// Title names the screen.
func (m *Model) Title() string { return m.ctx.Text.Get("search.title") }

// Help gives the keys that work now.
func (m *Model) Help() help.KeyMap {
	k := m.ctx.Keys
	open := k.Open
	e, ok := m.chosen()
	open.SetEnabled(ok && e.Open != nil)
	return ui.Keys{Short: []key.Binding{k.Choose, open}, Full: [][]key.Binding{{k.Choose, open}}}
}

// Typing is true: letters are what is searched for.
func (m *Model) Typing() bool { return true }

// Cursor gives the place of the text cursor.
func (m *Model) Cursor() *tea.Cursor {
	c := m.input.Cursor()
	c.Y++
	return c
}

// Close ends nothing.
func (m *Model) Close() {}
