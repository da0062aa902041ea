// Package stateline draws the way through a conversation: the states that lie
// behind, the one where we are, and those that lie ahead. Start with New and
// SetStates.
package stateline

import (
	"strings"

	"surel/tui/theme"
	"surel/tui/widget/line"
)

// Model is a line of states.
type Model struct {
	labels []string
	here   int
	aside  string
	passed []bool
	width  int
	theme  theme.Theme
	inks   theme.Inks
}

// New makes an empty line.
func New(t theme.Theme) Model {
	m := Model{}
	m.SetTheme(t)
	return m
}

// SetTheme gives the styles.
func (m *Model) SetTheme(t theme.Theme) { m.theme, m.inks = t, t.Inks() }

// SetWidth gives the room in cells.
func (m *Model) SetWidth(width int) { m.width = width }

// SetStates gives the labels of the states on the main way and the index of
// the one where we are; -1 before the first. Aside is the label of a state off
// the main way in which we are now; empty on the way.
func (m *Model) SetStates(labels []string, here int, aside string) {
	m.labels, m.here, m.aside, m.passed = labels, here, aside, nil
}

// SetPassed tells which of the states before the present one the conversation was really
// in; without it, all.
func (m *Model) SetPassed(passed []bool) { m.passed = passed }

// View draws the line. Where there is no room for every label, those far from
// the present state are left out, and then their signs.
func (m Model) View() string {
	for _, gap := range []int{4, 3, 1} {
		if s, ok := m.draw(gap, len(m.labels)); ok {
			return s
		}
	}
	for near := len(m.labels) - 1; near >= 0; near-- {
		if s, ok := m.draw(1, near); ok {
			return s
		}
	}
	return line.Blank(m.width)
}

// draw draws the line with labels on the states up to near steps away, and
// tells whether there is room for it.
func (m *Model) draw(gap, near int) (string, bool) {
	var b strings.Builder
	width := 1
	b.WriteByte(' ')
	between := line.Fill(m.theme.Signs.Line, gap-2)
	if gap > 2 {
		between = " " + between + " "
	} else {
		between = " "
	}
	for i, label := range m.labels {
		if i > 0 {
			b.WriteString(m.inks.Faint.Paint(between))
			width += line.Width(between)
		}
		if distance := i - m.here; distance > near || -distance > near {
			label = ""
		}
		if i == m.here && m.aside != "" {
			label += ": " + m.aside
		}
		sign, ink := m.sign(i)
		if label != "" {
			sign += " " + label
		}
		width += line.Width(sign)
		b.WriteString(ink.Paint(sign))
	}
	b.WriteString(line.Blank(m.width - width))
	return b.String(), width <= m.width
}

func (m *Model) sign(i int) (string, theme.Ink) {
	switch s := m.theme.Signs; {
	case i < m.here && (i >= len(m.passed) || m.passed[i]):
		return s.Past, m.inks.Text
	case i == m.here:
		return s.Here, m.inks.Strong
	default:
		return s.Ahead, m.inks.Faint
	}
}
