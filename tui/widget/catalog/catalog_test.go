package catalog

import (
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"surel/tui/theme"
	"surel/tui/widget/menu"
)

func newCatalog(width, height int) Model {
	m := New(3, 40)
	m.SetTheme(theme.New(theme.Options{}), false)
	m.SetRows([]menu.Row{{Left: "satu"}, {Left: "dua"}, {Left: "tiga"}})
	m.KeyMap = KeyMap{
		KeyMap: menu.KeyMap{Down: key.NewBinding(key.WithKeys("down"))},
		Open:   key.NewBinding(key.WithKeys("enter")), Number: key.NewBinding(key.WithKeys("1", "2", "3", "4")),
	}
	m.SetSize(width, height)
	return m
}

func TestWhatIsOpened(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		msg  tea.Msg
		row  int
		open bool
	}{
		{"down", tea.KeyPressMsg{Code: tea.KeyDown}, 1, false},
		{"enter", tea.KeyPressMsg{Code: tea.KeyEnter}, 0, true},
		{"a number", tea.KeyPressMsg{Code: '3', Text: "3"}, 2, true},
		{"a number beyond", tea.KeyPressMsg{Code: '4', Text: "4"}, 0, false},
		{"a click on another row", tea.MouseClickMsg{X: 1, Y: 2}, 1, false},
		{"a click on the chosen row", tea.MouseClickMsg{X: 1, Y: 1}, 0, true},
		{"a click on the text", tea.MouseClickMsg{X: 80, Y: 1}, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m := newCatalog(120, 10)
			m, open := m.Update(c.msg)
			if m.Chosen() != c.row || open != c.open {
				t.Errorf("row %d, open %v; want %d, %v", m.Chosen(), open, c.row, c.open)
			}
		})
	}
}

// The text stands beside the list where there is room and below it elsewhere, and both
// fill their room.
func TestWhereTheTextStands(t *testing.T) {
	t.Parallel()
	for width, row := range map[int]int{60: 5, 120: 1} {
		m := newCatalog(width, 10)
		lines := strings.Split(ansi.Strip(m.View("tentang satu")), "\n")
		if len(lines) != 10 || !strings.Contains(lines[row], "tentang satu") {
			t.Errorf("%d cells wide:\n%s", width, strings.Join(lines, "\n"))
		}
		for _, l := range lines {
			if ansi.StringWidth(l) != width {
				t.Errorf("%q is not %d cells wide", l, width)
			}
		}
	}
}
