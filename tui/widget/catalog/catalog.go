// Package catalog is a list of things to open, with what there is to say of the chosen
// one beside it, or below it where there is no room. Start with New, SetRows and View.
package catalog

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"surel/tui/theme"
	"surel/tui/widget/block"
	"surel/tui/widget/menu"
)

const (
	// sideBySide is the width from which the text stands beside the list, in cells.
	sideBySide = 100
	// measure is how wide a line of text may be and still read well, in cells.
	measure = 80
	// indent is what the text has on each side, in cells.
	indent = 2
)

// KeyMap is the keys of a catalog.
type KeyMap struct {
	menu.KeyMap

	Open, Number key.Binding
}

// Model is a catalog.
type Model struct {
	KeyMap KeyMap

	menu   menu.Model
	rows   int
	share  int // of the width for the list, in percent
	theme  theme.Theme
	width  int
	height int
}

// New makes a catalog of a number of rows, of which there is at least one. Where the
// text stands beside it, the list has a share of the width, in percent.
func New(rows, share int) Model {
	m := Model{menu: menu.New(), rows: rows, share: share}
	m.menu.SetRows(make([]menu.Row, rows))
	return m
}

// Chosen gives the number of the chosen row, from 0.
func (m *Model) Chosen() int { return m.menu.Chosen() }

// Choose chooses a row; the first where there is none of that number.
func (m *Model) Choose(i int) { m.menu.Choose(i) }

// SetRows gives the rows anew, as many as before.
func (m *Model) SetRows(rows []menu.Row) { m.menu.SetRows(rows) }

// SetTheme gives the styles; spaced leaves an empty line behind each row.
func (m *Model) SetTheme(t theme.Theme, spaced bool) {
	m.theme = t
	m.menu.Theme, m.menu.Spaced = t, spaced
}

// SetSize gives the room in cells.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	at := m.plan().menu
	m.menu.SetSize(at.width, at.height)
}

// Update moves the choice, and tells whether what is chosen is to be opened.
func (m Model) Update(msg tea.Msg) (_ Model, open bool) {
	m.menu.KeyMap = m.KeyMap.KeyMap
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if key.Matches(msg, m.KeyMap.Open) {
			return m, true
		}
		if i := int(msg.Code - '1'); key.Matches(msg, m.KeyMap.Number) && i < m.rows {
			m.menu.Choose(i)
			return m, true
		}
	case tea.MouseClickMsg:
		at := m.plan().menu
		i, ok := m.menu.At(msg.Y - at.y)
		if !ok || msg.X >= at.width {
			return m, false
		}
		again := i == m.menu.Chosen()
		m.menu.Choose(i)
		return m, again
	}
	m.menu = m.menu.Update(msg)
	return m, false
}

// area is a part of the screen, in cells.
type area struct{ x, y, width, height int }

// plan says where everything is.
type plan struct{ menu, about area }

func (m *Model) plan() plan {
	if m.width >= sideBySide {
		left := m.width * m.share / 100
		return plan{
			menu:  area{y: 1, width: left, height: m.height - 1},
			about: area{x: left, y: 1, width: min(m.width-left, measure+2*indent), height: m.height - 1},
		}
	}
	rows := min(m.rows, m.height*2/5)
	return plan{
		menu:  area{y: 1, width: m.width, height: rows},
		about: area{y: rows + 2, width: min(m.width, measure), height: m.height - rows - 2},
	}
}

// About gives the room for what there is to say of the chosen row, in cells.
func (m *Model) About() (width, height int) {
	at := m.plan().about
	return at.width - 2*indent, at.height
}

// View draws the list and what there is to say of the chosen row.
func (m Model) View(about string) string {
	p := m.plan()
	rule := m.theme.Border.Render(strings.Repeat(m.theme.Lines.Top, m.width))
	list := block.Fit(m.menu.View(), p.menu.width, p.menu.height)
	about = block.Fit(block.Indent(about, indent), m.width-p.about.x, p.about.height)
	if p.about.x > 0 {
		return rule + "\n" + block.Beside(list, about)
	}
	return strings.Join([]string{rule, list, rule, about}, "\n")
}
