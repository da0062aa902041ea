// Package prompt is where a person types a protocol's commands: it completes
// them, shows the syntax of what is being typed, says what the state of the
// conversation allows, and remembers what was typed before. It forbids
// nothing: a wrong command is sent, because the server's refusal is the
// lesson. Start with New, SetState and Take.
package prompt

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"surel/protocols/machine"
	"surel/tui/text"
	"surel/tui/theme"
	"surel/tui/widget/input"
)

// KeyMap is the keys of the prompt beside those of a text field.
type KeyMap struct{ Older, Newer key.Binding }

// DefaultKeyMap gives the keys that shells have.
func DefaultKeyMap() KeyMap {
	return KeyMap{
		Older: key.NewBinding(key.WithKeys("up", "ctrl+p")),
		Newer: key.NewBinding(key.WithKeys("down", "ctrl+n")),
	}
}

// Model is a prompt.
type Model struct {
	KeyMap  KeyMap
	input   input.Model
	verbs   []machine.Verb
	state   string
	hint    string
	history []string
	recall  int // the line of the history that is shown; len(history) for none
	draft   string
	width   int
	height  int
	text    *text.Labels
	theme   theme.Theme
	inks    theme.Inks
}

// New makes an empty prompt.
func New(t theme.Theme, l *text.Labels) Model {
	m := Model{KeyMap: DefaultKeyMap(), input: input.New(t, "")}
	m.SetTheme(t, l)
	return m
}

// SetTheme gives the styles and the words. What was typed stays.
func (m *Model) SetTheme(t theme.Theme, l *text.Labels) {
	m.theme, m.inks, m.text = t, t.Inks(), l
	m.input.SetMark(" " + t.Signs.Prompt + " ")
	m.input.SetTheme(t)
}

// SetSize gives the room in cells: one line for what is typed, the others for
// what is to be said of it.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.input.SetWidth(width)
}

// SetState gives the commands of the protocol, the state in which the
// conversation is, and what is to be said of a state in which no command is
// expected but text.
func (m *Model) SetState(verbs []machine.Verb, state, hint string) {
	m.verbs, m.state, m.hint = verbs, state, hint
	m.suggest()
}

// Value gives what is typed.
func (m *Model) Value() string { return m.input.Value() }

// Take gives what is typed, remembers it and empties the prompt.
func (m *Model) Take() string {
	line := m.input.Value()
	if line != "" && (len(m.history) == 0 || m.history[len(m.history)-1] != line) {
		m.history = append(m.history, line)
	}
	m.recall, m.draft = len(m.history), ""
	m.input.SetValue("")
	return line
}

// Cursor gives the place of the text cursor in the prompt.
func (m *Model) Cursor() *tea.Cursor { return m.input.Cursor() }

// Update takes a key or pasted text.
func (m Model) Update(msg tea.Msg) (Model, tea.Cmd) {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		switch {
		case key.Matches(k, m.KeyMap.Older):
			m.remember(-1)
			return m, nil
		case key.Matches(k, m.KeyMap.Newer):
			m.remember(1)
			return m, nil
		}
	}
	var cmd tea.Cmd
	m.input, cmd = m.input.Update(msg)
	return m, cmd
}

// remember shows another line of the history; behind the newest stands what
// was being typed.
func (m *Model) remember(by int) {
	at := m.recall + by
	if at < 0 || at > len(m.history) {
		return
	}
	if m.recall == len(m.history) {
		m.draft = m.input.Value()
	}
	m.recall = at
	line := m.draft
	if at < len(m.history) {
		line = m.history[at]
	}
	m.input.SetValue(line)
}

// suggest offers what would complete the line: the commands that the state
// allows, then whole examples, then the commands that it does not allow.
func (m *Model) suggest() {
	var allowed, examples, others []string
	for _, v := range m.verbs {
		switch {
		case !m.expectsCommands():
		case v.Allowed(m.state):
			allowed = append(allowed, v.Name)
			examples = append(examples, v.Example)
		default:
			others = append(others, v.Name, v.Example)
		}
	}
	m.input.SetOffers(slices.Concat(allowed, examples, others))
}

// expectsCommands tells whether any command belongs to the state. Where none
// does, such as inside a letter, lines are text.
func (m *Model) expectsCommands() bool {
	for _, v := range m.verbs {
		if len(v.States) > 0 && v.Allowed(m.state) {
			return true
		}
	}
	return false
}

// verb finds the command that is being typed, without regard to case: the
// longest that the line begins with, or the first that begins with the line.
func (m *Model) verb() (machine.Verb, bool) {
	typed := strings.ToUpper(m.input.Value())
	found, ok := machine.Verb{}, false
	for _, v := range m.verbs {
		if name := strings.ToUpper(v.Name); strings.HasPrefix(typed, name) && len(name) > len(found.Name) {
			found, ok = v, true
		}
	}
	for _, v := range m.verbs {
		if !ok && typed != "" && strings.HasPrefix(strings.ToUpper(v.Name), typed) {
			found, ok = v, true
		}
	}
	return found, ok
}
