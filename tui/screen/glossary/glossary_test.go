package glossary

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/protocols/note"
	"surel/tui/text"
	"surel/tui/theme"
	"surel/tui/ui"
)

func open(lang note.Lang, width, height int, here ...string) *Model {
	var terms []lessons.Term
	for _, key := range here {
		t, _ := lessons.FindTerm(key)
		terms = append(terms, t)
	}
	m := New(lessons.Glossary(), terms)
	words := text.For(lang)
	m.SetContext(ui.Context{Theme: theme.New(theme.Options{}), Text: words, Keys: ui.NewKeyMap(words)})
	m.SetSize(width, height)
	return m
}

func press(m *Model, keys ...string) {
	for _, k := range keys {
		m.Update(ui.Press(k))
	}
}

// key gives the key of the chosen term.
func (m *Model) key() string {
	t, _ := m.chosen()
	return t.Key
}

// What each term means is seen whole on the screens that the program is made for.
func TestEveryTermFits(t *testing.T) {
	t.Parallel()
	for _, lang := range note.Langs {
		for _, size := range [][2]int{{80, 22}, {140, 38}} {
			m := open(lang, size[0], size[1])
			at := m.plan().term
			for i := range m.list {
				m.menu.Choose(i)
				if n := strings.Count(m.meaning(at.width-4), "\n") + 1; n > at.height {
					t.Errorf("%s at %v: %s needs %d lines of %d", lang, size, m.key(), n, at.height)
				}
			}
		}
	}
}

func TestTermsOfTheScreenComeFirst(t *testing.T) {
	t.Parallel()
	m := open(note.EN, 80, 22, "starttls", "mx")
	if m.list[0].Key != "starttls" || m.list[1].Key != "mx" || len(m.list) != len(lessons.Glossary()) {
		t.Errorf("the list begins with %s, %s", m.list[0].Key, m.list[1].Key)
	}
}

func TestFilter(t *testing.T) {
	t.Parallel()
	m := open(note.EN, 80, 22)
	press(m, "/", "m", "x")
	if !m.Typing() || m.key() != "mx" || len(m.list) == 0 || len(m.list) >= len(lessons.Glossary()) {
		t.Fatalf("the filter chooses %s of %d", m.key(), len(m.list))
	}
	press(m, "down")
	if m.key() != "null-mx" {
		t.Errorf("down goes to %s; want null-mx", m.key())
	}
	press(m, "enter")
	if m.Typing() || m.key() != "null-mx" {
		t.Errorf("enter leaves %s", m.key())
	}
	press(m, "/", "q", "q", "q")
	if len(m.list) != 0 || !strings.Contains(m.View(), text.For(note.EN).Get("glossary.none")[:20]) {
		t.Error("a filter that leaves nothing does not say so")
	}
	press(m, "1", "esc")
	if m.Typing() || len(m.list) != len(lessons.Glossary()) {
		t.Errorf("esc leaves %d terms", len(m.list))
	}
	press(m, "/")
	m.Update(tea.PasteMsg{Content: "mx"})
	if m.key() != "mx" {
		t.Errorf("a pasted filter chooses %s", m.key())
	}
}

func TestNumbersLeadToTermsNearby(t *testing.T) {
	t.Parallel()
	m := open(note.ID, 80, 22)
	press(m, "/", "m", "x", "enter")
	mx, _ := m.chosen()
	press(m, "1")
	if m.key() != mx.See[0] {
		t.Errorf("1 leads to %s; want %s", m.key(), mx.See[0])
	}
	before := m.key()
	press(m, "9")
	if m.key() != before {
		t.Errorf("9 leads to %s, which no number stands for", m.key())
	}
}

func TestAClickChooses(t *testing.T) {
	t.Parallel()
	m := open(note.EN, 140, 38)
	m.Update(tea.MouseClickMsg{X: 5, Y: 3, Button: tea.MouseLeft})
	if m.menu.Chosen() != 2 {
		t.Errorf("the click chooses %d; want 2", m.menu.Chosen())
	}
	m.Update(tea.MouseClickMsg{X: 100, Y: 5, Button: tea.MouseLeft})
	if m.menu.Chosen() != 2 {
		t.Error("a click beside the list chooses")
	}
}
