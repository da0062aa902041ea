// Package board shows lines as they are given, cut to the width and scrolled
// where there are more than the pane has room for. Start with New and SetLines.
package board

import (
	"strings"

	"surel/tui/theme"
	"surel/tui/widget/line"
)

// Tone tells how a line is shown.
type Tone uint8

// The tones.
const (
	Plain  Tone = iota
	Strong      // where we are
	Faint       // what is not yet known
	Title
	Good
	Bad
)

// Line is one line, safe to show.
type Line struct {
	Tone Tone
	Text string
}

// Model is a pane of lines.
type Model struct {
	lines         []Line
	width, height int
	top           int
	theme         theme.Theme
	inks          theme.Inks
}

// New makes an empty pane.
func New(t theme.Theme) Model {
	m := Model{}
	m.SetTheme(t)
	return m
}

// SetTheme gives the styles.
func (m *Model) SetTheme(t theme.Theme) { m.theme, m.inks = t, t.Inks() }

// SetSize gives the room in cells.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.Scroll(0)
}

// SetLines gives the lines. What is seen stays where it is.
func (m *Model) SetLines(lines []Line) {
	m.lines = lines
	m.Scroll(0)
}

// Width gives how many cells a line has.
func (m *Model) Width() int { return max(m.width-2, 0) }

// Scroll moves what is seen by a number of lines.
func (m *Model) Scroll(by int) { m.top = max(min(m.top+by, len(m.lines)-m.height), 0) }

// Page gives how many lines are seen at once.
func (m *Model) Page() int { return max(m.height, 1) }

// View draws the pane.
func (m Model) View() string {
	rows := make([]string, 0, m.height)
	for i := m.top; len(rows) < m.height; i++ {
		if i >= len(m.lines) {
			rows = append(rows, line.Blank(m.width))
			continue
		}
		l := m.lines[i]
		text := " " + line.Fit(l.Text, max(m.width-2, 0), m.theme.Signs.Ellipsis)
		end := " "
		if len(rows) == m.height-1 && i+1 < len(m.lines) {
			end = m.theme.Signs.Down // more stands below
		}
		rows = append(rows, m.ink(l.Tone).Paint(text)+end)
	}
	return strings.Join(rows, "\n")
}

func (m *Model) ink(t Tone) theme.Ink {
	return [...]theme.Ink{m.inks.Text, m.inks.Strong, m.inks.Faint, m.inks.Title, m.inks.Good, m.inks.Error}[t]
}
