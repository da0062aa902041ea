package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"surel/protocols/note"
	"surel/tui/screen/explorer"
	"surel/tui/screen/welcome"
	"surel/tui/ui"
)

// newcomer starts the program for a new person and takes the second language.
func newcomer(t *testing.T, o Options) *Model {
	t.Helper()
	o.FirstRun = true
	m := start(o, 80, 24)
	if _, ok := m.top().(*welcome.Model); !ok {
		t.Fatalf("a new person sees %T", m.top())
	}
	_, cmd := m.Update(ui.Press("2"))
	m.Update(cmd())
	t.Cleanup(m.close)
	return m
}

func TestNewPersonGoesToTheFirstConversation(t *testing.T) {
	t.Parallel()
	var saved note.Lang
	m := newcomer(t, Options{SaveLang: func(lang note.Lang) error { saved = lang; return nil }})
	if _, ok := m.top().(*explorer.Model); !ok || m.ctx.Lang() != note.EN {
		t.Fatalf("after the language comes %T in %s", m.top(), m.ctx.Lang())
	}
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	if len(m.stack) != 4 {
		t.Errorf("%d screens lie on one another; want home, the lessons, the first one and its conversation", len(m.stack))
	}
	_, cmd := m.Update(firstLang(note.EN)) // once more, to carry out what it asks for
	for _, c := range cmd().(tea.BatchMsg) {
		if c != nil && saved == "" {
			c()
		}
	}
	if saved != note.EN {
		t.Errorf("the language %q is kept", saved)
	}
}

func TestTour(t *testing.T) {
	t.Parallel()
	m := newcomer(t, Options{})
	for i, k := range []string{"right", "tab", "w"} {
		if line := bottom(m); !strings.Contains(line, m.ctx.Text.Get("tour.step", i+1, 4, m.tourSteps()[i].key.Help().Key, "")) {
			t.Fatalf("step %d: the bottom line is %q", i+1, line)
		}
		m.Update(ui.Press("left")) // another key does not lead on
		m.Update(ui.Press(k))
	}
	m.Update(ui.Press("esc")) // back from the terms
	if !m.tour.on {
		t.Fatal("esc on the terms ends the tour")
	}
	m.Update(ui.Press("i"))
	if m.tour.on || !m.top().Typing() {
		t.Errorf("after the last key the tour is on: %v, and the prompt open: %v", m.tour.on, m.top().Typing())
	}
}

func TestTourIsSkipped(t *testing.T) {
	t.Parallel()
	m := newcomer(t, Options{})
	m.Update(ui.Press("esc"))
	if _, ok := m.top().(*explorer.Model); !ok || m.tour.on {
		t.Errorf("esc leads to %T with the tour on: %v", m.top(), m.tour.on)
	}
	m.Update(ui.Press("esc"))
	if _, ok := m.top().(*explorer.Model); ok {
		t.Error("a second esc does not lead back")
	}
}

func TestTourEndsWithItsConversation(t *testing.T) {
	t.Parallel()
	m := newcomer(t, Options{})
	m.Update(ui.Press("q"))
	if line := bottom(m); strings.Contains(line, m.ctx.Text.Get("tour.end")) {
		t.Errorf("the tour goes on elsewhere: %q", line)
	}
	m.Update(ui.Press("right"))
	if m.tour.on {
		t.Error("a key leads the tour on elsewhere")
	}
}
