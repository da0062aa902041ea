// Package hexview shows bytes as hexadecimal digits and as characters, lights
// up some of them, and masks others. Start with New, SetBytes and Cursor.
package hexview

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"surel/protocols/field"
	"surel/tui/theme"
)

// KeyMap is the keys of the view.
type KeyMap struct {
	Left, Right, Up, Down, PageUp, PageDown, Top, Bottom key.Binding
}

// Model is a hex view with a cursor.
type Model struct {
	KeyMap      KeyMap
	bytes       []byte
	masked      func(i int) bool
	lit         field.Span
	cursor, top int // the byte that is chosen; the first line that is seen
	width       int
	height      int
	focus       bool
	theme       theme.Theme
	inks        theme.Inks
}

// New makes an empty view.
func New(t theme.Theme) Model {
	m := Model{masked: nothing}
	m.SetTheme(t)
	return m
}

func nothing(int) bool { return false }

// SetTheme gives the styles.
func (m *Model) SetTheme(t theme.Theme) { m.theme, m.inks = t, t.Inks() }

// SetSize gives the room in cells. The cursor stays in sight.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.follow()
}

// SetFocus tells whether the pane has the focus.
func (m *Model) SetFocus(focus bool) { m.focus = focus }

// SetBytes gives the bytes that are shown, and which of them are masked; nil
// for none. The cursor goes to the first.
func (m *Model) SetBytes(b []byte, masked func(i int) bool) {
	m.bytes, m.masked = b, masked
	if masked == nil {
		m.masked = nothing
	}
	m.cursor, m.top, m.lit = 0, 0, field.Span{}
}

// SetMasked tells anew which bytes are masked.
func (m *Model) SetMasked(masked func(i int) bool) {
	m.masked = masked
	if masked == nil {
		m.masked = nothing
	}
}

// SetLit lights up the bytes that a span touches, and brings the first of them
// in sight. The cursor goes there where it lies outside the span.
func (m *Model) SetLit(s field.Span) {
	m.lit = s
	if start, end := s.ByteRange(); m.cursor < start || m.cursor >= end {
		m.cursor = max(min(start, len(m.bytes)-1), 0)
	}
	m.follow()
}

// Cursor gives the byte that is chosen, counted from 0.
func (m *Model) Cursor() int { return m.cursor }

// Move moves the cursor by a number of bytes, as far as there are any.
func (m *Model) Move(by int) {
	m.cursor = max(min(m.cursor+by, len(m.bytes)-1), 0)
	m.follow()
}

// Scroll moves what is seen by a number of lines; the cursor stays.
func (m *Model) Scroll(by int) {
	lines := (len(m.bytes) + m.columns() - 1) / m.columns()
	m.top = max(min(m.top+by, lines-m.height), 0)
}

// ChooseCell moves the cursor to the byte at a place in the view; it is false
// where there is none.
func (m *Model) ChooseCell(x, y int) bool {
	n := m.columns()
	x -= m.offsetWidth() + 1
	column := x / 3
	if right := 3*n + 1; x >= right {
		column = x - right
	}
	at := (m.top+y)*n + column
	if x < 0 || column >= n || at >= len(m.bytes) {
		return false
	}
	m.cursor = at
	return true
}

// Update takes a key.
func (m Model) Update(msg tea.Msg) (Model, tea.Cmd) {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return m, nil
	}
	n := m.columns()
	switch {
	case key.Matches(k, m.KeyMap.Left):
		m.Move(-1)
	case key.Matches(k, m.KeyMap.Right):
		m.Move(1)
	case key.Matches(k, m.KeyMap.Up):
		m.Move(-n)
	case key.Matches(k, m.KeyMap.Down):
		m.Move(n)
	case key.Matches(k, m.KeyMap.PageUp):
		m.Move(-n * m.height)
	case key.Matches(k, m.KeyMap.PageDown):
		m.Move(n * m.height)
	case key.Matches(k, m.KeyMap.Top):
		m.Move(-len(m.bytes))
	case key.Matches(k, m.KeyMap.Bottom):
		m.Move(len(m.bytes))
	}
	return m, nil
}

// follow scrolls so that the cursor is in sight.
func (m *Model) follow() {
	at := m.cursor / m.columns()
	m.top = max(min(m.top, at), at-m.height+1, 0)
}

// offsetWidth is the width of the column that says where a line begins; 0
// where there is no room for it.
func (m *Model) offsetWidth() int {
	if m.width >= placeWidth+cells(m.columns()) {
		return placeWidth
	}
	return 0
}

// placeWidth is the width of a byte's place: six digits and a space.
const placeWidth = 7

// cells gives the width of a line of n bytes: a space, two digits and a space
// for each, a space, and a character for each.
func cells(n int) int { return 1 + 3*n + 1 + n }

// columns gives the number of bytes in a line: as many as there is room for.
func (m *Model) columns() int {
	for n := 16; n > 4; n /= 2 {
		if m.width >= cells(n) {
			return n
		}
	}
	return 4
}
