// Package menu is a list of rows, one of which is chosen. Start with New.
package menu

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"surel/tui/theme"
)

// KeyMap are the keys that move the choice.
type KeyMap struct {
	Up, Down, PageUp, PageDown, Top, Bottom key.Binding
}

// Row is one row: what it is, and what stands at the right edge.
type Row struct{ Left, Right string }

// Model is a list of rows.
type Model struct {
	KeyMap KeyMap
	Theme  theme.Theme
	// Spaced leaves an empty line between rows where there is room.
	Spaced bool

	rows           []Row
	chosen, offset int
	width, height  int
}

// New makes a list without rows.
func New() Model { return Model{} }

// SetRows gives the rows. The choice stays at its number where it can.
func (m *Model) SetRows(rows []Row) {
	m.rows = rows
	m.Choose(m.chosen)
}

// SetSize says how much room there is, in cells.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.Choose(m.chosen)
}

// Chosen gives the number of the chosen row, from 0; -1 where there is none.
func (m *Model) Chosen() int {
	if len(m.rows) == 0 {
		return -1
	}
	return m.chosen
}

// Choose makes the row with the number the chosen one, or the nearest.
func (m *Model) Choose(i int) {
	m.chosen = max(min(i, len(m.rows)-1), 0)
	n := m.visible()
	m.offset = max(min(m.offset, m.chosen, len(m.rows)-n), m.chosen-n+1, 0)
}

// At gives the number of the row drawn on a line, counted from 0.
func (m *Model) At(line int) (int, bool) {
	if line < 0 || line >= m.height || line%m.step() != 0 {
		return 0, false
	}
	i := m.offset + line/m.step()
	return i, i < len(m.rows)
}

// Update moves the choice.
func (m Model) Update(msg tea.Msg) Model {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, m.KeyMap.Up):
			m.Choose(m.chosen - 1)
		case key.Matches(msg, m.KeyMap.Down):
			m.Choose(m.chosen + 1)
		case key.Matches(msg, m.KeyMap.PageUp):
			m.Choose(m.chosen - m.visible())
		case key.Matches(msg, m.KeyMap.PageDown):
			m.Choose(m.chosen + m.visible())
		case key.Matches(msg, m.KeyMap.Top):
			m.Choose(0)
		case key.Matches(msg, m.KeyMap.Bottom):
			m.Choose(len(m.rows) - 1)
		}
	case tea.MouseWheelMsg:
		switch msg.Button {
		case tea.MouseWheelUp:
			m.Choose(m.chosen - 1)
		case tea.MouseWheelDown:
			m.Choose(m.chosen + 1)
		default:
		}
	}
	return m
}

// View draws the rows, as many as fit.
func (m Model) View() string {
	var lines []string
	for i := m.offset; i < len(m.rows) && len(lines) < m.height; i++ {
		lines = append(lines, m.row(i))
		if m.step() == 2 && len(lines) < m.height {
			lines = append(lines, strings.Repeat(" ", m.width))
		}
	}
	for len(lines) < m.height {
		lines = append(lines, strings.Repeat(" ", m.width))
	}
	return strings.Join(lines, "\n")
}

func (m *Model) row(i int) string {
	row, sign, style := m.rows[i], " ", m.Theme.Text
	switch n := m.visible(); {
	case i == m.chosen:
		sign, style = m.Theme.Signs.Cursor, m.Theme.Selected
	case i == m.offset && i > 0:
		sign = m.Theme.Signs.Up // there is more above
	case i == m.offset+n-1 && i < len(m.rows)-1:
		sign = m.Theme.Signs.Down
	}
	room := max(m.width-5-ansi.StringWidth(row.Right), 0)
	left := ansi.Truncate(row.Left, room, m.Theme.Signs.Ellipsis)
	gap := strings.Repeat(" ", max(room-ansi.StringWidth(left), 0))
	words := ansi.Truncate(" "+left+gap+" "+row.Right+" ", max(m.width-2, 0), "")
	return sign + " " + style.Render(words)
}

// step is how many lines a row takes.
func (m *Model) step() int {
	if m.Spaced && 2*len(m.rows)-1 <= m.height {
		return 2
	}
	return 1
}

// visible is how many rows can be seen at once.
func (m *Model) visible() int { return max((m.height+m.step()-1)/m.step(), 1) }
