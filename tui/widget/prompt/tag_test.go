package prompt

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"surel/protocols/machine"
)

var tagged = []machine.Verb{
	{Name: "SELECT", Syntax: "SELECT SP mailbox", States: []string{"in"}, Example: "SELECT INBOX"},
	{
		Name: "APPEND", Syntax: "APPEND SP mailbox SP literal", States: []string{"in"}, Example: "APPEND INBOX {3}",
		Follow: []string{"x", ""},
	},
	{Name: "NOOP", Syntax: "NOOP", Example: "NOOP"},
}

// newTagged is a prompt of a protocol with tags.
func newTagged() Model {
	m := newPrompt("in")
	m.SetState(tagged, "in", "three bytes are awaited")
	m.SetTag("a1")
	return m
}

func seen(m Model) string { return ansi.Strip(m.View()) }

func TestTagIsFilledInAndCanBeAnother(t *testing.T) {
	t.Parallel()
	m := newTagged()
	if m.Value() != "a1 " || !strings.Contains(seen(m), "allowed now: SELECT  APPEND  NOOP") {
		t.Errorf("%q\n%s", m.Value(), seen(m))
	}
	for _, c := range []struct{ typed, want string }{
		{"sel", "syntax: SELECT SP mailbox"},
		{"noop", "syntax: NOOP"},
		{"HALO", "! no command that is known"},
	} {
		if got := seen(m.after(c.typed)); !strings.Contains(got, c.want) {
			t.Errorf("after %q: want %q in\n%s", c.typed, c.want, got)
		}
	}
	m.input.SetValue("")
	m = m.after("x9 sel")
	m, _ = m.Update(tea.KeyPressMsg{Code: tea.KeyTab})
	if m.Value() != "x9 SELECT" {
		t.Errorf("with a tag of one's own the line is completed to %q", m.Value())
	}
	m.SetTag("a2")
	if got := m.Take(); got != "x9 SELECT" {
		t.Errorf("a new tag changed what was typed to %q", got)
	}
}

func TestTagGoesAlongWithWhatIsTyped(t *testing.T) {
	t.Parallel()
	m := newTagged().after("noop")
	m.SetTag("a2")
	if got := m.Value(); got != "a2 noop" {
		t.Errorf("with a new tag the line reads %q", got)
	}
	m.SetState(tagged, "literal", "three bytes are awaited")
	if got := m.Value(); got != "noop" {
		t.Errorf("where no command is expected the line reads %q", got)
	}
	m.SetState(tagged, "in", "three bytes are awaited")
	if got := m.Value(); got != "a2 noop" {
		t.Errorf("where one is expected again the line reads %q", got)
	}
}

func TestTagGivesWayToOneThatIsTyped(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"A1 NOOP": "A1 NOOP", "A1": "a1 A1", "noop 3 x": "a1 noop 3 x", "7 select": "7 select",
	} {
		m := newTagged()
		for _, c := range typed {
			m, _ = m.Update(tea.KeyPressMsg{Code: c, Text: string(c)})
		}
		if m.Value() != want {
			t.Errorf("%q typed gives %q; want %q", typed, m.Value(), want)
		}
		m, _ = newTagged().Update(tea.PasteMsg{Content: typed})
		if m.Value() != want {
			t.Errorf("%q pasted gives %q; want %q", typed, m.Value(), want)
		}
	}
}

func TestMissingTagIsNamed(t *testing.T) {
	t.Parallel()
	m := newTagged()
	m.input.SetValue("")
	if got := seen(m.after("noop")); !strings.Contains(got, "begins with a tag, such as a1") {
		t.Error(got)
	}
}

func TestLineOfTheHistoryGetsTheNewTag(t *testing.T) {
	t.Parallel()
	m := newTagged().after("NOOP")
	if got := m.Take(); got != "a1 NOOP" {
		t.Errorf("took %q", got)
	}
	m.SetTag("a2")
	m, _ = m.Update(tea.KeyPressMsg{Code: tea.KeyUp})
	if m.Value() != "a2 NOOP" {
		t.Errorf("the history gives %q", m.Value())
	}
}

func TestExampleGoesOnLineByLine(t *testing.T) {
	t.Parallel()
	m := newTagged().after("append inbox {3}")
	m.Take()
	m.SetState(tagged, "append", "three bytes are awaited")
	m.SetTag("a1")
	if m.Value() != "" || !strings.Contains(seen(m), "for example: x (tab after the first letter). three bytes") {
		t.Errorf("%q\n%s", m.Value(), seen(m))
	}
	m = m.after("x")
	m.Take()
	m.SetState(tagged, "append", "none are awaited")
	if got := seen(m); !strings.Contains(got, "an empty line, so just enter") {
		t.Error(got)
	}
	m = m.after("something else")
	m.Take()
	m.SetState(tagged, "append", "none are awaited")
	if got := seen(m); strings.Contains(got, "for example") {
		t.Error(got)
	}
}
