package maildir

import (
	"strings"

	"surel/protocols/visible"
	"surel/tui/theme"
	"surel/tui/widget/line"
)

// leastUnique is how many cells of a name are kept before words give way.
const leastUnique = 10

// View draws the pane.
func (m Model) View() string {
	if m.trouble != "" || len(m.rows) == 0 {
		return m.fill(m.empty())
	}
	var lines []string
	for i := m.top; i < len(m.rows) && len(lines) < m.body(); i++ {
		lines = append(lines, m.row(m.rows[i]))
	}
	if m.changed() {
		for len(lines) < m.height-1 {
			lines = append(lines, line.Blank(m.width))
		}
		lines = append(lines, m.paint(m.inks.Faint, " "+m.words.Get("maildir.legend", signs[Come], signs[Renamed], signs[Gone])))
	}
	return m.fill(lines)
}

// empty says why there are no files, or what would bring one.
func (m *Model) empty() []string {
	ink, words := m.inks.Text, m.words.Get("maildir.empty")
	switch {
	case m.trouble != "":
		ink, words = m.inks.Error, m.trouble
	case !m.known:
		words = ""
	}
	var lines []string
	for _, l := range line.Wrap(words, m.width-2) {
		lines = append(lines, m.paint(ink, " "+l))
	}
	return lines
}

// fill makes the lines as many as the pane is high.
func (m *Model) fill(lines []string) string {
	for len(lines) < m.height {
		lines = append(lines, line.Blank(m.width))
	}
	return strings.Join(lines[:max(m.height, 0)], "\n")
}

// signs mark what has become of a file; they are ASCII on every terminal.
var signs = [...]string{Same: " ", Come: "+", Renamed: "~", Gone: "-"}

func (m *Model) row(r row) string {
	if r.head {
		return m.heading(r)
	}
	ink := [...]theme.Ink{Same: m.inks.Text, Come: m.inks.Good, Renamed: m.inks.Strong, Gone: m.inks.Faint}[r.change]
	before := " " + signs[r.change] + " " + r.Place + "/"
	flags, words := visible.String(r.Flags), m.about(r)
	room := m.width - line.Width(before) - line.Width(flags) - 1
	unique := visible.String(r.Unique)
	if words != "" && room-line.Width(words)-2 < min(leastUnique, line.Width(unique)) {
		words = line.Cut(words, room-leastUnique-2, m.theme.Signs.Ellipsis)
	}
	if words != "" {
		words = "  " + words
	}
	name := before + middle(unique, room-line.Width(words), m.theme.Signs.Ellipsis) + flags
	return ink.Paint(name) + m.inks.Faint.Paint(words) + line.Blank(m.width-line.Width(name)-line.Width(words))
}

// heading names a folder and counts its letters.
func (m *Model) heading(r row) string {
	name := r.Folder
	if name == "" {
		name = "INBOX"
	}
	return m.paint(m.inks.Title, " "+visible.String(name)+"  "+m.words.Get("maildir.count", r.count))
}

// about says what a file was called before, or what its flags mean.
func (m *Model) about(r row) string {
	switch {
	case r.change == Gone:
		return ""
	case r.change == Renamed && r.was.Place != r.Place:
		return m.theme.Signs.Left + " " + r.was.Place + "/"
	}
	var words []string
	for _, flag := range strings.TrimPrefix(r.Flags, infoSign) {
		if label := "maildir.flag." + string(flag); m.words.Has(label) {
			words = append(words, m.words.Get(label))
		}
	}
	return strings.Join(words, ", ")
}

func (m *Model) paint(ink theme.Ink, s string) string {
	return ink.Paint(line.Fit(s, m.width, m.theme.Signs.Ellipsis))
}

// middle shortens a name in its middle: names that were given one after the
// other differ near the end.
func middle(s string, width int, ellipsis string) string {
	if line.Width(s) <= width {
		return s
	}
	runes := []rune(s)
	tail := max(width-1, 0) * 2 / 3
	head := max(width-1-tail, 0)
	if head+tail >= len(runes) {
		return line.Cut(s, width, ellipsis)
	}
	return string(runes[:head]) + ellipsis + string(runes[len(runes)-tail:])
}
