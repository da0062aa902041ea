// Package helpview shows all keys that work on a screen, in columns. It lies
// over the screen until it is closed. Start with New.
package helpview

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"surel/tui/theme"
)

// KeyMap are the keys of the view itself.
type KeyMap struct {
	Up, Down, PageUp, PageDown, Close key.Binding
}

// Model is the view of all keys.
type Model struct {
	KeyMap KeyMap
	Theme  theme.Theme
	Title  string

	groups        [][]key.Binding
	offset        int
	width, height int
}

// New makes a view without keys.
func New() Model { return Model{} }

// SetGroups gives the keys, each group a column.
func (m *Model) SetGroups(groups [][]key.Binding) { m.groups = groups }

// SetSize says how much room there is, in cells.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.scroll(0)
}

// Update scrolls, and tells whether the view is to be closed.
func (m Model) Update(msg tea.Msg) (_ Model, closed bool) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, m.KeyMap.Close):
			return m, true
		case key.Matches(msg, m.KeyMap.Up):
			m.scroll(-1)
		case key.Matches(msg, m.KeyMap.Down):
			m.scroll(1)
		case key.Matches(msg, m.KeyMap.PageUp):
			m.scroll(-m.room())
		case key.Matches(msg, m.KeyMap.PageDown):
			m.scroll(m.room())
		}
	case tea.MouseWheelMsg:
		switch msg.Button {
		case tea.MouseWheelUp:
			m.scroll(-1)
		case tea.MouseWheelDown:
			m.scroll(1)
		default:
		}
	case tea.MouseClickMsg:
		return m, true
	}
	return m, false
}

// View draws the keys in a box of the whole size.
func (m Model) View() string {
	lines := m.lines()
	more := [2]bool{m.offset > 0, m.offset+m.room() < len(lines)}
	lines = lines[m.offset:min(m.offset+m.room(), len(lines))]
	inner := max(m.width-2, 0)
	b := m.Theme.Heavy
	side := m.Theme.Focus.Render(b.Left)
	title := ansi.Truncate(" "+m.Title+" ", inner, "")
	out := []string{m.Theme.Focus.Render(b.TopLeft+title+m.edge(b.Top, m.Theme.Signs.Up, more[0], inner-ansi.StringWidth(title))) +
		m.Theme.Focus.Render(b.TopRight)}
	for i := range m.room() {
		line := ""
		if i < len(lines) {
			line = ansi.Truncate("  "+lines[i], inner, m.Theme.Signs.Ellipsis)
		}
		out = append(out, side+line+strings.Repeat(" ", max(inner-ansi.StringWidth(line), 0))+side)
	}
	out = append(out, m.Theme.Focus.Render(b.BottomLeft+m.edge(b.Bottom, m.Theme.Signs.Down, more[1], inner)+b.BottomRight))
	return strings.Join(out, "\n")
}

// edge draws a border, with a sign near its end where there is more to see.
func (m *Model) edge(line, sign string, more bool, width int) string {
	if !more || width < 3 {
		return strings.Repeat(line, max(width, 0))
	}
	return strings.Repeat(line, width-2) + sign + line
}

// lines lays the groups out, as many side by side as fit.
func (m *Model) lines() []string {
	const gap = "    "
	var (
		all []string
		row []string
	)
	used := 0
	for _, g := range m.groups {
		block := m.group(g)
		if block == "" {
			continue
		}
		w := lipgloss.Width(block)
		if used > 0 && used+len(gap)+w > m.width-6 {
			all = append(all, lipgloss.JoinHorizontal(lipgloss.Top, row...), "")
			row, used = nil, 0
		}
		if used > 0 {
			row = append(row, gap)
			used += len(gap)
		}
		row = append(row, block)
		used += w
	}
	all = append(all, lipgloss.JoinHorizontal(lipgloss.Top, row...))
	return strings.Split("\n"+strings.Join(all, "\n"), "\n")
}

// group draws one column.
func (m *Model) group(keys []key.Binding) string {
	wide := 0
	for _, k := range keys {
		if k.Enabled() {
			wide = max(wide, ansi.StringWidth(k.Help().Key))
		}
	}
	var lines []string
	for _, k := range keys {
		if k.Enabled() {
			pad := strings.Repeat(" ", wide-ansi.StringWidth(k.Help().Key))
			lines = append(lines, m.Theme.Key.Render(k.Help().Key)+pad+"  "+m.Theme.Text.Render(k.Help().Desc))
		}
	}
	return strings.Join(lines, "\n")
}

// room is how many lines of keys can be seen at once.
func (m *Model) room() int { return max(m.height-2, 1) }

func (m *Model) scroll(by int) {
	m.offset = max(min(m.offset+by, len(m.lines())-m.room()), 0)
}
