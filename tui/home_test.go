package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/tui/screen/scenarios"
	"surel/tui/screen/source"
	"surel/tui/ui"
)

// rowOf gives the line of the terminal on which a text stands.
func rowOf(t *testing.T, m *Model, words string) int {
	t.Helper()
	for y, line := range strings.Split(shown(m), "\n") {
		if strings.Contains(line, words) {
			return y
		}
	}
	t.Fatalf("%q is not on the screen:\n%s", words, shown(m))
	return 0
}

// click presses the mouse and carries out at once what screens ask for.
func click(m *Model, x, y int) {
	if _, cmd := m.Update(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft}); cmd != nil {
		m.Update(cmd())
	}
}

func TestEveryProtocolWithScenariosIsAStation(t *testing.T) {
	t.Parallel()
	want := map[string]int{}
	for _, s := range lessons.Scenarios() {
		want[s.Protocol()]++
	}
	all := stations(newStill(), lessons.Scenarios(), course{})
	protocols := all[:len(all)-3]
	for _, st := range protocols {
		if len(st.Scenarios) != want[st.ID] || st.Open == nil || st.List == nil || st.Name == "" {
			t.Errorf("station %s has %d scenarios; want %d, and something to open", st.ID, len(st.Scenarios), want[st.ID])
		}
		delete(want, st.ID)
	}
	if len(want) > 0 {
		t.Errorf("no station for %v", want)
	}
	for i, want := range []string{"course", "source", "cards"} {
		if st := all[len(protocols)+i]; st.ID != want || st.List != nil {
			t.Errorf("after the protocols comes %s; want %s, without a list", st.ID, want)
		}
	}
}

func TestClickChoosesAndThenOpens(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {140, 40}} {
		m := start(Options{}, size[0], size[1])
		y := rowOf(t, m, "dua artikel")
		click(m, 20, y)
		if rowOf(t, m, "▸  3") != y || len(m.stack) != 1 {
			t.Fatalf("%v: the first click does not choose", size)
		}
		click(m, 20, y)
		if _, ok := m.top().(*source.Model); !ok {
			t.Errorf("%v: the second click opens %T", size, m.top())
		}
	}
}

func TestClickInTheListOfScenarios(t *testing.T) {
	t.Parallel()
	m := start(Options{}, 80, 24)
	press(t, m, "x")
	y := rowOf(t, m, " 3  ")
	click(m, 20, y)
	if _, ok := m.top().(*scenarios.Model); !ok || rowOf(t, m, "▸   3") != y {
		t.Fatal("the first click does not choose")
	}
	click(m, 20, y)
	if len(m.stack) != 3 {
		t.Errorf("the second click leaves %d screens; want 3", len(m.stack))
	}
	m.close()
}

func TestNumbersOpen(t *testing.T) {
	t.Parallel()
	m := start(Options{}, 80, 24)
	press(t, m, "9")
	if len(m.stack) != 1 {
		t.Error("a number without a station opens something")
	}
	press(t, m, "3")
	if _, ok := m.top().(*source.Model); !ok {
		t.Errorf("3 opens %T; want the articles", m.top())
	}
}

func TestContentsLeadToTheirSections(t *testing.T) {
	t.Parallel()
	m := start(Options{}, 140, 40)
	press(t, m, "3")
	const heading = "3. Internet Message Access Protocol (IMAP)"
	click(m, 8, rowOf(t, m, heading))
	lines := strings.Split(shown(m), "\n")
	if !strings.HasSuffix(strings.TrimSpace(lines[2]), heading) {
		t.Errorf("the text begins with %q; want %q", lines[2], heading)
	}
	m.Update(tea.MouseWheelMsg{X: 90, Y: 5, Button: tea.MouseWheelDown})
	if strings.HasSuffix(strings.TrimSpace(strings.Split(shown(m), "\n")[2]), heading) {
		t.Error("the wheel does not move the text")
	}
}

func TestCardsAreTurned(t *testing.T) {
	t.Parallel()
	m := start(Options{}, 140, 40)
	press(t, m, "4")
	at := func(n int) string { return m.ctx.Text.Get("cards.at", n, len(lessons.Cards())) }
	for _, tt := range []struct {
		key  string
		want int
	}{
		{"left", 1}, {"right", 2}, {"n", 3}, {"G", len(lessons.Cards())}, {"right", len(lessons.Cards())}, {"g", 1},
	} {
		press(t, m, tt.key)
		rowOf(t, m, at(tt.want)+" ")
	}
	click(m, 10, rowOf(t, m, " 6  "))
	rowOf(t, m, at(6))
	press(t, m, "enter")
	if len(m.stack) != 3 {
		t.Errorf("enter leaves %d screens; want 3", len(m.stack))
	}
	m.close()
}

func TestAnUnknownStationNeedsNoWords(t *testing.T) {
	t.Parallel()
	m := start(Options{}, 140, 40)
	m.stations[0].ID, m.stations[0].Name = "lmtp", "LMTP"
	m.Update(tea.WindowSizeMsg{Width: 139, Height: 40})
	if s := shown(m); !strings.Contains(s, "LMTP") || strings.Contains(s, "⟨") {
		t.Errorf("a protocol without words is not shown as it should be:\n%s", s)
	}
	if len(m.top().Help().(ui.Keys).Short) == 0 {
		t.Error("no keys are named")
	}
}
