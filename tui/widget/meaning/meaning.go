// Package meaning shows an explanation: a title, paragraphs, and the sections
// of the standards. It wraps them once and scrolls where they are longer than
// the pane. Start with New and SetContent.
package meaning

import (
	"slices"
	"strings"

	"surel/tui/theme"
	"surel/tui/widget/line"
)

// Kind tells how a paragraph is shown.
type Kind uint8

// The kinds.
const (
	Plain Kind = iota
	Title
	Wrong     // why the message is a mistake
	Reference // a section of a standard
	Aside     // what may be overlooked
	Item      // one of a list, whose items stand close together
)

// Paragraph is one paragraph of an explanation. Its text is safe to show;
// what stands between backticks is a term of the wire.
type Paragraph struct {
	Kind Kind
	Text string
}

// Text gives what an explanation says, without its references.
func (m *Model) Text() string {
	var text strings.Builder
	for _, p := range m.content {
		if p.Kind != Reference {
			text.WriteString(p.Text + "\n")
		}
	}
	return text.String()
}

// Model is a pane with an explanation.
type Model struct {
	content []Paragraph
	lines   []string // wrapped and painted for the present width
	width   int
	height  int
	top     int
	theme   theme.Theme
	inks    theme.Inks
}

// New makes an empty pane.
func New(t theme.Theme) Model {
	m := Model{}
	m.SetTheme(t)
	return m
}

// SetTheme gives the styles.
func (m *Model) SetTheme(t theme.Theme) {
	m.theme, m.inks = t, t.Inks()
	m.wrap()
}

// SetSize gives the room in cells.
func (m *Model) SetSize(width, height int) {
	wrap := width != m.width
	m.width, m.height = width, height
	if wrap {
		m.wrap()
	}
	m.Scroll(0)
}

// SetContent gives the explanation, and shows its beginning where it is
// another one than before.
func (m *Model) SetContent(content []Paragraph) {
	if slices.Equal(content, m.content) {
		return
	}
	m.content, m.top = content, 0
	m.wrap()
}

// Scroll moves what is seen by a number of lines.
func (m *Model) Scroll(by int) {
	m.top = max(min(m.top+by, len(m.lines)-m.height), 0)
}

// Page gives how many lines are seen at once.
func (m *Model) Page() int { return max(m.height, 1) }

// View draws the pane.
func (m Model) View() string {
	lines := make([]string, 0, m.height)
	for i := m.top; i < len(m.lines) && len(lines) < m.height; i++ {
		lines = append(lines, m.lines[i])
	}
	mark := func(l *string, sign string) { *l = strings.TrimSuffix(*l, " ") + sign } // each line ends in a space
	// More stands above; a pane of one line says only what is below.
	if len(lines) > 1 && m.top > 0 {
		mark(&lines[0], m.theme.Signs.Up)
	}
	if len(lines) > 0 && m.top+m.height < len(m.lines) {
		mark(&lines[len(lines)-1], m.theme.Signs.Down)
	}
	for len(lines) < m.height {
		lines = append(lines, line.Blank(m.width))
	}
	return strings.Join(lines, "\n")
}

// wrap breaks the content into lines of the present width.
func (m *Model) wrap() {
	m.lines = m.lines[:0]
	for i, p := range m.content {
		together := p.Kind == Reference || p.Kind == Item
		if i > 0 && (!together || m.content[i-1].Kind != p.Kind) {
			m.lines = append(m.lines, line.Blank(m.width))
		}
		m.paragraph(p)
	}
}

func (m *Model) paragraph(p Paragraph) {
	ink := [...]theme.Ink{m.inks.Text, m.inks.Title, m.inks.Error, m.inks.Reference, m.inks.Faint, m.inks.Text}[p.Kind]
	term := m.inks.Strong
	if p.Kind == Title || p.Kind == Wrong {
		term = ink
	}
	text := p.Text
	if p.Kind == Wrong {
		text = m.theme.Signs.Warning + " " + text
	}
	const indent = " "
	inTerm := false
	for _, l := range line.Wrap(text, m.width-2) {
		var b strings.Builder
		b.WriteString(indent)
		width := len(indent)
		for i, part := range strings.Split(l, "`") {
			if i > 0 {
				inTerm = !inTerm
			}
			width += line.Width(part)
			if inTerm {
				b.WriteString(term.Paint(part))
			} else {
				b.WriteString(ink.Paint(part))
			}
		}
		b.WriteString(line.Blank(m.width - width))
		m.lines = append(m.lines, b.String())
	}
}
