package hexview

import (
	"fmt"
	"strings"

	"surel/tui/theme"
	"surel/tui/widget/line"
)

const digits = "0123456789abcdef"

// View draws the bytes that can be seen.
func (m Model) View() string {
	lines := make([]string, 0, m.height)
	n := m.columns()
	for at := m.top * n; at < len(m.bytes) && len(lines) < m.height; at += n {
		lines = append(lines, m.line(at, min(at+n, len(m.bytes)), n))
	}
	for len(lines) < m.height {
		lines = append(lines, line.Blank(m.width))
	}
	return strings.Join(lines, "\n")
}

// line draws the bytes from start up to end in n columns. The lit bytes stand
// in brackets, too, for terminals without colour.
func (m *Model) line(start, end, n int) string {
	var hex, text painter
	for i := start; i < end; i++ {
		ink := m.ink(i)
		before := " "
		switch {
		case m.isLit(i) && (i == start || !m.isLit(i-1)):
			before = "["
		case i > start && m.isLit(i-1) && !m.isLit(i):
			before = "]"
		}
		if before == " " && m.isLit(i) {
			hex.add(m.inks.Linked, before)
		} else {
			hex.add(m.inks.Text, before)
		}
		hex.add(ink, m.hexOf(i))
		text.add(ink, m.charOf(i))
	}
	after := " "
	if m.isLit(end - 1) {
		after = "]"
	}
	hex.add(m.inks.Text, after+line.Blank(3*(n-end+start)))
	offset := ""
	if m.offsetWidth() > 0 {
		offset = m.inks.Faint.Paint(fmt.Sprintf("%6x ", start))
	}
	rest := line.Blank(m.width - m.offsetWidth() - cells(n) + n - end + start)
	return offset + hex.done() + " " + text.done() + rest
}

func (m *Model) isLit(i int) bool {
	start, end := m.lit.ByteRange()
	return m.lit.Len() > 0 && start <= i && i < end
}

func (m *Model) ink(i int) theme.Ink {
	switch {
	case i == m.cursor && m.focus:
		return m.inks.Selected
	case m.isLit(i):
		return m.inks.Linked
	case m.masked(i):
		return m.inks.Secret
	}
	return m.inks.Text
}

func (m *Model) hexOf(i int) string {
	if m.masked(i) {
		return m.theme.Signs.Mask + m.theme.Signs.Mask
	}
	b := m.bytes[i]
	return string([]byte{digits[b>>4], digits[b&15]})
}

func (m *Model) charOf(i int) string {
	switch b := m.bytes[i]; {
	case m.masked(i):
		return m.theme.Signs.Mask
	case b >= ' ' && b < 0x7f:
		return string(rune(b))
	}
	return "."
}

// painter joins pieces and paints those of one ink at once.
type painter struct {
	out, run strings.Builder
	ink      theme.Ink
}

func (p *painter) add(ink theme.Ink, s string) {
	if ink != p.ink {
		p.flush()
		p.ink = ink
	}
	p.run.WriteString(s)
}

func (p *painter) flush() {
	p.out.WriteString(p.ink.Paint(p.run.String()))
	p.run.Reset()
}

func (p *painter) done() string {
	p.flush()
	return p.out.String()
}
