// Package input is a line of text that a person types, with the terminal's own
// cursor and a suggestion of how it could go on. Start with New.
//
// It is not the bubble's text field: that one brings programs of the system's
// clipboard with it and keeps control characters of what is pasted.
package input

import (
	"slices"
	"strings"
	"unicode"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"surel/tui/theme"
	"surel/tui/widget/line"
)

// KeyMap is the keys of the line.
type KeyMap struct {
	Left, Right, Start, End       key.Binding
	Backspace, Delete             key.Binding
	DeleteWord, DeleteBefore, Cut key.Binding
	Accept                        key.Binding // take the suggestion
}

// DefaultKeyMap gives the keys that shells have.
func DefaultKeyMap() KeyMap {
	bind := func(keys ...string) key.Binding { return key.NewBinding(key.WithKeys(keys...)) }
	return KeyMap{
		Left: bind("left", "ctrl+b"), Right: bind("right", "ctrl+f"),
		Start: bind("home", "ctrl+a"), End: bind("end", "ctrl+e"),
		Backspace: bind("backspace", "ctrl+h"), Delete: bind("delete", "ctrl+d"),
		DeleteWord: bind("ctrl+w", "alt+backspace"), DeleteBefore: bind("ctrl+u"), Cut: bind("ctrl+k"),
		Accept: bind("tab"),
	}
}

// Model is a line of text with a cursor.
type Model struct {
	KeyMap KeyMap
	mark   string
	text   []rune
	at     int
	offers []string
	width  int
	theme  theme.Theme
	inks   theme.Inks
}

// New makes an empty line. The mark stands before it.
func New(t theme.Theme, mark string) Model {
	m := Model{KeyMap: DefaultKeyMap(), mark: mark}
	m.SetTheme(t)
	return m
}

// SetTheme gives the styles.
func (m *Model) SetTheme(t theme.Theme) { m.theme, m.inks = t, t.Inks() }

// SetMark gives what stands before the line.
func (m *Model) SetMark(mark string) { m.mark = mark }

// SetWidth gives the room in cells, with the mark.
func (m *Model) SetWidth(width int) { m.width = width }

// Value gives what is typed.
func (m *Model) Value() string { return string(m.text) }

// SetValue replaces what is typed and moves the cursor behind it.
func (m *Model) SetValue(s string) {
	m.text = []rune(s)
	m.at = len(m.text)
}

// SetOffers gives whole lines that what is typed could become, the best first.
func (m *Model) SetOffers(offers []string) { m.offers = offers }

// Offer gives the best line that begins as what is typed, without regard to
// case, and goes on; empty for none.
func (m *Model) Offer() string {
	typed := string(m.text)
	if typed == "" || m.at < len(m.text) {
		return ""
	}
	for _, offer := range m.offers {
		if len(offer) > len(typed) && strings.EqualFold(offer[:len(typed)], typed) {
			return offer
		}
	}
	return ""
}

// Update takes a key or pasted text.
func (m Model) Update(msg tea.Msg) (Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		m.insert(msg.Content)
	case tea.KeyPressMsg:
		m.press(msg)
	}
	return m, nil
}

func (m *Model) press(k tea.KeyPressMsg) {
	switch {
	case key.Matches(k, m.KeyMap.Left):
		m.at = max(m.at-1, 0)
	case key.Matches(k, m.KeyMap.Right):
		m.at = min(m.at+1, len(m.text))
	case key.Matches(k, m.KeyMap.Start):
		m.at = 0
	case key.Matches(k, m.KeyMap.End):
		m.at = len(m.text)
	case key.Matches(k, m.KeyMap.Backspace):
		m.remove(m.at-1, m.at)
	case key.Matches(k, m.KeyMap.Delete):
		m.remove(m.at, m.at+1)
	case key.Matches(k, m.KeyMap.DeleteWord):
		m.remove(m.wordStart(), m.at)
	case key.Matches(k, m.KeyMap.DeleteBefore):
		m.remove(0, m.at)
	case key.Matches(k, m.KeyMap.Cut):
		m.remove(m.at, len(m.text))
	case key.Matches(k, m.KeyMap.Accept):
		if offer := m.Offer(); offer != "" {
			m.SetValue(offer)
		}
	default:
		m.insert(k.Text)
	}
}

// insert puts text at the cursor, without what cannot be seen: pasted text can
// hold anything.
func (m *Model) insert(s string) {
	var runes []rune
	for _, r := range s {
		if unicode.IsPrint(r) {
			runes = append(runes, r)
		}
	}
	m.text = slices.Insert(slices.Clone(m.text), m.at, runes...)
	m.at += len(runes)
}

// remove takes the characters from start up to end away.
func (m *Model) remove(start, end int) {
	start, end = max(start, 0), min(end, len(m.text))
	if start < end {
		m.text = slices.Delete(slices.Clone(m.text), start, end)
		m.at = start
	}
}

// wordStart gives where the word before the cursor begins.
func (m *Model) wordStart() int {
	i := m.at
	for i > 0 && m.text[i-1] == ' ' {
		i--
	}
	for i > 0 && m.text[i-1] != ' ' {
		i--
	}
	return i
}

// View draws the line: the end of it, where it is longer than the room.
func (m Model) View() string {
	shown := m.shown()
	rest := m.width - line.Width(m.mark) - line.Width(shown)
	ghost := ""
	if offer := m.Offer(); offer != "" {
		ghost = line.Cut(offer[len(string(m.text)):], rest-1, m.theme.Signs.Ellipsis)
	}
	return m.inks.Key.Paint(m.mark) + m.inks.Text.Paint(shown) + m.inks.Faint.Paint(ghost) +
		line.Blank(rest-line.Width(ghost))
}

// Cursor gives the place of the cursor in the view.
func (m *Model) Cursor() *tea.Cursor {
	before := string(m.text[m.start():m.at])
	return tea.NewCursor(line.Width(m.mark)+line.Width(before), 0)
}

// shown gives what of the text is in sight.
func (m *Model) shown() string {
	return line.Cut(string(m.text[m.start():]), m.room(), "")
}

// start gives the first character in sight, so that the cursor is, too.
func (m *Model) start() int {
	start := 0
	for line.Width(string(m.text[start:m.at])) >= m.room() && start < m.at {
		start++
	}
	return start
}

// room is the width for the text and the cursor behind it.
func (m *Model) room() int { return max(m.width-line.Width(m.mark), 1) }
