package fieldtree

import (
	"strings"

	"surel/protocols/field"
	"surel/protocols/visible"
	"surel/tui/theme"
	"surel/tui/widget/line"
	"surel/tui/widget/secret"
)

// maxShown is how much of a value is looked at, in bytes: a pane is never as
// wide, and a field may be a whole letter.
const maxShown = 512

// View draws the tree.
func (m Model) View() string {
	lines := make([]string, 0, m.height)
	names := m.nameWidth()
	for i := m.top; i < len(m.nodes) && len(lines) < m.height; i++ {
		lines = append(lines, m.row(i, names))
	}
	for len(lines) < m.height {
		lines = append(lines, line.Blank(m.width))
	}
	return strings.Join(lines, "\n")
}

// nameWidth gives the width of the column of names, so that the values of what
// is seen stand below one another.
func (m *Model) nameWidth() int {
	width := 0
	for i := m.top; i < len(m.nodes) && i < m.top+m.height; i++ {
		width = max(width, 2*m.nodes[i].depth+2+line.Width(m.nodes[i].name()))
	}
	return min(width, m.width*2/5)
}

func (n *node) name() string {
	if n.field == nil {
		return visible.String(n.branch.message.Name)
	}
	return visible.String(n.field.Name)
}

func (m *Model) row(i, names int) string {
	n := &m.nodes[i]
	tail := m.theme.Signs.Ellipsis
	sign := " "
	if n.opens {
		sign = m.theme.Signs.Closed
		if m.open[n.path] {
			sign = m.theme.Signs.Open
		}
	}
	name := line.Fit(line.Blank(2*n.depth)+sign+" "+n.name(), names, tail)
	value := line.Fit(m.value(n), m.width-names-3, tail)
	row := " " + name + "  " + value
	switch {
	case i == m.cursor && m.focus:
		return m.inks.Selected.Paint(row)
	case i == m.cursor:
		return m.inks.Chosen.Paint(row)
	}
	return " " + m.inks.Faint.Paint(name) + "  " + m.ink(n).Paint(value)
}

func (m *Model) ink(n *node) theme.Ink {
	switch {
	case n.field == nil:
		return m.inks.Strong
	case n.field.Err != "":
		return m.inks.Error
	case n.field.Kind == field.Secret:
		return m.inks.Secret
	case n.field.Kind == field.Punctuation:
		return m.inks.Faint
	}
	return m.inks.Text
}

// value gives what a row says, safe to show.
func (m *Model) value(n *node) string {
	if n.field == nil {
		return m.hide(m.wordsOf(n.branch).Summary(n.branch.message))
	}
	f := n.field
	if f.Kind == field.Secret && !m.revealed {
		return secret.Mask(m.theme.Signs.Mask)
	}
	words := m.wordsOf(n.branch)
	value := m.hide(words.Value(f))
	if fault := words.Fault(f); fault != "" {
		value = m.theme.Signs.Cross + " " + visible.String(fault) + ": " + value
	}
	return value
}

func (m *Model) hide(text string) string {
	text = m.Hide(text)
	return visible.String(text[:min(len(text), maxShown)])
}
