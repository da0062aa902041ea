package input

import (
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"surel/tui/theme"
)

func press(m Model, keys ...tea.KeyPressMsg) Model {
	for _, k := range keys {
		m, _ = m.Update(k)
	}
	return m
}

func typed(m Model, s string) Model {
	for _, r := range s {
		m = press(m, tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return m
}

func ctrl(r rune) tea.KeyPressMsg { return tea.KeyPressMsg{Code: r, Mod: tea.ModCtrl} }

func TestEditing(t *testing.T) {
	t.Parallel()
	left, backspace := tea.KeyPressMsg{Code: tea.KeyLeft}, tea.KeyPressMsg{Code: tea.KeyBackspace}
	for _, c := range []struct {
		keys []tea.KeyPressMsg
		want string
	}{
		{[]tea.KeyPressMsg{backspace}, "MAIL FRO"},
		{[]tea.KeyPressMsg{left, left, backspace}, "MAIL FOM"},
		{[]tea.KeyPressMsg{ctrl('w')}, "MAIL "},
		{[]tea.KeyPressMsg{ctrl('u')}, ""},
		{[]tea.KeyPressMsg{ctrl('a'), ctrl('d')}, "AIL FROM"},
		{[]tea.KeyPressMsg{ctrl('a'), ctrl('k'), backspace, ctrl('d')}, ""},
	} {
		m := press(typed(New(theme.New(theme.Options{}), "> "), "MAIL FROM"), c.keys...)
		if got := m.Value(); got != c.want {
			t.Errorf("after %v: %q, want %q", c.keys, got, c.want)
		}
	}
}

func TestOfferIsTakenByTab(t *testing.T) {
	t.Parallel()
	m := New(theme.New(theme.Options{}), "> ")
	m.SetOffers([]string{"MAIL FROM:", "MAIL FROM:<siswa@kampus.test>"})
	tab := tea.KeyPressMsg{Code: tea.KeyTab}
	m = typed(m, "ma")
	for _, want := range []string{"MAIL FROM:", "MAIL FROM:<siswa@kampus.test>", "MAIL FROM:<siswa@kampus.test>"} {
		m = press(m, tab)
		if m.Value() != want {
			t.Errorf("tab gives %q, want %q", m.Value(), want)
		}
	}
}

func TestPasteHoldsWhatCanBeSeen(t *testing.T) {
	t.Parallel()
	m := New(theme.New(theme.Options{}), "> ")
	m, _ = m.Update(tea.PasteMsg{Content: "a\x1b[31m\u202eb\r\n\u009bc"})
	if got := m.Value(); got != "a[31mbc" {
		t.Errorf("pasted %q", got)
	}
}

func TestCursorStaysInSight(t *testing.T) {
	t.Parallel()
	m := New(theme.New(theme.Options{}), "> ")
	m.SetWidth(10)
	for range 30 {
		m = typed(m, "é")
		if x := m.Cursor().X; x < 2 || x >= 10 {
			t.Fatalf("the cursor is at %d", x)
		}
		if w := ansi.StringWidth(m.View()); w != 10 {
			t.Fatalf("the view is %d cells wide", w)
		}
	}
}
