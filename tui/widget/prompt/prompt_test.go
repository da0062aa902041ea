package prompt

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"surel/protocols/machine"
	"surel/protocols/note"
	"surel/tui/text"
	"surel/tui/theme"
)

var verbs = []machine.Verb{
	{Name: "MAIL FROM:", Syntax: "MAIL FROM:<path>", States: []string{"ready"}, Example: "MAIL FROM:<a@b>"},
	{Name: "DATA", Syntax: "DATA", States: []string{"rcpt"}, Example: "DATA"},
	{Name: "QUIT", Syntax: "QUIT", Example: "QUIT"},
}

func newPrompt(state string) Model {
	m := New(theme.New(theme.Options{}), text.For(note.EN))
	m.SetSize(60, 3)
	m.SetState(verbs, state, "lines are text now")
	return m
}

func (m Model) after(s string) Model {
	for _, r := range s {
		m, _ = m.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return m
}

func TestHelpFollowsWhatIsTyped(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ state, typed, want string }{
		{"ready", "", "allowed now: MAIL FROM:  QUIT"},
		{"rcpt", "", "allowed now: DATA  QUIT"},
		{"ready", "ma", "syntax: MAIL FROM:<path>"},
		{"ready", "Mail From:<x", "syntax: MAIL FROM:<path>"},
		{"ready", "DATA", "! not its turn here, but try it all the same: DATA"},
		{"ready", "HALO", "! no command that is known"},
		{"data", "", "lines are text now"},
		{"data", "DATA", "lines are text now"},
	} {
		if got := ansi.Strip(newPrompt(c.state).after(c.typed).View()); !strings.Contains(got, c.want) {
			t.Errorf("in %s after %q: want %q in\n%s", c.state, c.typed, c.want, got)
		}
	}
}

func TestHistory(t *testing.T) {
	t.Parallel()
	m := newPrompt("ready")
	for _, s := range []string{"one", "two", "two"} {
		m = m.after(s)
		if got := m.Take(); got != s || m.Value() != "" {
			t.Errorf("took %q, and left %q", got, m.Value())
		}
	}
	m = m.after("draft")
	up, down := tea.KeyPressMsg{Code: tea.KeyUp}, tea.KeyPressMsg{Code: tea.KeyDown}
	for _, c := range []struct {
		key  tea.KeyPressMsg
		want string
	}{{up, "two"}, {up, "one"}, {up, "one"}, {down, "two"}, {down, "draft"}, {down, "draft"}} {
		if m, _ = m.Update(c.key); m.Value() != c.want {
			t.Errorf("the history gives %q, want %q", m.Value(), c.want)
		}
	}
}

func TestViewIsNeverHigherOrWiderThanItsRoom(t *testing.T) {
	t.Parallel()
	for width := 20; width < 70; width += 7 {
		for _, typed := range []string{"", "MAIL FROM:<a-very-long-address@kampus.test>", "HALO", "DATA"} {
			m := newPrompt("ready")
			m.SetSize(width, 3)
			lines := strings.Split(m.after(typed).View(), "\n")
			if len(lines) > 3 {
				t.Errorf("%d lines", len(lines))
			}
			for _, l := range lines {
				if w := ansi.StringWidth(l); w != width {
					t.Errorf("a line is %d cells wide, want %d: %q", w, width, l)
				}
			}
		}
	}
}
