package menu

import (
	"fmt"
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"surel/tui/theme"
)

func list(rows, height int) Model {
	m := New()
	m.Theme = theme.New(theme.Options{})
	m.KeyMap.Down = key.NewBinding(key.WithKeys("j"))
	m.KeyMap.PageUp = key.NewBinding(key.WithKeys("b"))
	all := make([]Row, rows)
	for i := range all {
		all[i] = Row{Left: fmt.Sprintf("row %d", i), Right: "→"}
	}
	m.SetSize(30, height)
	m.SetRows(all)
	return m
}

func TestChosenRowIsAlwaysSeen(t *testing.T) {
	t.Parallel()
	m := list(10, 4)
	for i := range 12 {
		want := fmt.Sprintf("row %d ", min(i, 9))
		if !strings.Contains(ansi.Strip(m.View()), want) {
			t.Fatalf("after %d steps %q is out of sight:\n%s", i, want, ansi.Strip(m.View()))
		}
		m = m.Update(tea.KeyPressMsg{Code: 'j', Text: "j"})
	}
	m.SetSize(30, 2)
	if !strings.Contains(ansi.Strip(m.View()), "row 9 ") {
		t.Error("a smaller list loses the chosen row")
	}
	for range 9 {
		m = m.Update(tea.KeyPressMsg{Code: 'b', Text: "b"})
	}
	if m.Chosen() != 0 {
		t.Errorf("page up ends at %d; want 0", m.Chosen())
	}
}

func TestAtFindsWhatViewDraws(t *testing.T) {
	t.Parallel()
	for _, spaced := range []bool{false, true} {
		for _, height := range []int{3, 9, 12} {
			m := list(5, height)
			m.Spaced = spaced
			m.Choose(4)
			for y, line := range strings.Split(ansi.Strip(m.View()), "\n") {
				i, ok := m.At(y)
				if drawn := strings.TrimSpace(line) != ""; ok != drawn || ok && !strings.Contains(line, fmt.Sprintf("row %d ", i)) {
					t.Errorf("spaced %v, height %d: line %d is %q; At says %d, %v", spaced, height, y, line, i, ok)
				}
			}
		}
	}
}

func TestMoreIsMarked(t *testing.T) {
	t.Parallel()
	m := list(10, 4)
	m.Choose(5)
	if view := ansi.Strip(m.View()); !strings.Contains(view, "▲") || strings.Contains(view, "▼") {
		t.Errorf("want a mark above only:\n%s", view)
	}
}

func TestEmptyListHasNoChoice(t *testing.T) {
	t.Parallel()
	m := list(0, 4)
	m = m.Update(tea.KeyPressMsg{Code: 'j', Text: "j"})
	if m.Chosen() != -1 {
		t.Errorf("chosen is %d; want -1", m.Chosen())
	}
}
