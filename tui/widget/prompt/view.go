package prompt

import (
	"strings"

	"surel/tui/theme"
	"surel/tui/widget/line"
)

// View draws the prompt: what is typed, and below it what is to be said of it.
func (m Model) View() string {
	words, ink := m.help()
	lines := line.WrapInto(words, m.width-2, max(m.height-1, 1))
	for i, l := range lines {
		lines[i] = ink.Paint(line.Fit(" "+l, m.width, m.theme.Signs.Ellipsis))
	}
	return m.input.View() + "\n" + strings.Join(lines, "\n")
}

// help says what the state allows, or what is to be said of what is typed.
func (m *Model) help() (string, theme.Ink) {
	if !m.expectsCommands() {
		return m.textHelp(), m.inks.Text
	}
	_, command := m.split()
	warning := m.theme.Signs.Warning + " "
	v, ok := m.verb()
	switch {
	case command == "" && !m.untagged():
		return m.text.Get("prompt.allowed", strings.Join(m.allowed(), "  ")), m.inks.Text
	case !ok && m.untagged():
		return warning + m.text.Get("prompt.no-tag", m.tag), m.inks.Error
	case !ok:
		return warning + m.text.Get("prompt.unknown"), m.inks.Error
	case !v.Allowed(m.state):
		return warning + m.text.Get("prompt.not-here", v.Syntax), m.inks.Error
	}
	return m.text.Get("prompt.syntax", v.Syntax), m.inks.Text
}

// textHelp says what the state is waiting for, and which line would go on with
// the example.
func (m *Model) textHelp() string {
	if len(m.follow) == 0 || m.input.Value() != "" {
		return m.hint
	}
	if m.follow[0] == "" {
		return m.text.Get("prompt.empty-line") + " " + m.hint
	}
	return m.text.Get("prompt.follow", m.follow[0]) + " " + m.hint
}

// allowed names the commands of the state, those that belong to it alone
// first.
func (m *Model) allowed() []string {
	var own, always []string
	for _, v := range m.verbs {
		switch {
		case !m.proposes(v):
		case len(v.States) == 0:
			always = append(always, v.Name)
		case v.Allowed(m.state):
			own = append(own, v.Name)
		}
	}
	return append(own, always...)
}
