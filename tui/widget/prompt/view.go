package prompt

import (
	"strings"

	"surel/tui/widget/line"
)

// View draws the prompt: what is typed, and what is to be said of it.
func (m Model) View() string {
	return m.input.View() + "\n" + m.help()
}

// help is the line below what is typed.
func (m *Model) help() string {
	if !m.expectsCommands() {
		return m.inks.Text.Paint(m.fit(m.hint))
	}
	v, ok := m.verb()
	switch {
	case m.input.Value() == "":
		return m.inks.Text.Paint(m.fit(m.text.Get("prompt.allowed", strings.Join(m.allowed(), "  "))))
	case !ok:
		return m.inks.Error.Paint(m.fit(m.theme.Signs.Warning + " " + m.text.Get("prompt.unknown")))
	case !v.Allowed(m.state):
		return m.inks.Error.Paint(m.fit(m.theme.Signs.Warning + " " + m.text.Get("prompt.not-here", v.Syntax)))
	}
	return m.inks.Text.Paint(m.fit(m.text.Get("prompt.syntax", v.Syntax)))
}

func (m *Model) fit(s string) string { return line.Fit(" "+s, m.width, m.theme.Signs.Ellipsis) }

// allowed names the commands of the state, those that belong to it alone
// first.
func (m *Model) allowed() []string {
	var own, always []string
	for _, v := range m.verbs {
		switch {
		case len(v.States) == 0:
			always = append(always, v.Name)
		case v.Allowed(m.state):
			own = append(own, v.Name)
		}
	}
	return append(own, always...)
}
