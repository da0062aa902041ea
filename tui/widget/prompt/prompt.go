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
	offered func(name string) bool // whether the server takes a command
	speaker string                 // for whom one types; empty where there is no choice
	tag     string                 // for the next command; empty where there are no tags
	filled  string                 // what the prompt has put in by itself
	lifted  bool                   // it was taken out behind a person's back, and may come back
	follow  []string               // the lines that go on with the last example
	history []string               // without the tags that the prompt put in
	recall  int                    // the line of the history that is shown; len(history) for none
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
	m.SetSpeaker(m.speaker)
	m.input.SetTheme(t)
}

// SetSpeaker names the client for which a person types; empty where there is no
// other.
func (m *Model) SetSpeaker(name string) {
	m.speaker = name
	mark := " " + m.theme.Signs.Prompt + " "
	if name != "" {
		mark = " " + name + mark
	}
	m.input.SetMark(mark)
}

// SetSize gives the room in cells: one line for what is typed, the others for
// what is to be said of it.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.input.SetWidth(width)
}

// SetOffered says how to know which commands the server takes; nil where it takes all.
func (m *Model) SetOffered(offered func(name string) bool) { m.offered = offered }

// proposes tells whether a command is worth a try.
func (m *Model) proposes(v machine.Verb) bool {
	return !v.Obsolete && (m.offered == nil || m.offered(v.Name))
}

// SetState gives the commands of the protocol, the state in which the
// conversation is, and what is to be said of a state in which no command is
// expected but text.
func (m *Model) SetState(verbs []machine.Verb, state, hint string) {
	m.verbs, m.state, m.hint = verbs, state, hint
	m.fill()
	m.suggest()
}

// Value gives what is typed.
func (m *Model) Value() string { return m.input.Value() }

// Take gives what is typed, remembers it and empties the prompt.
func (m *Model) Take() string {
	line := m.input.Value()
	m.goOn(line)
	kept := strings.TrimPrefix(line, m.filled)
	if kept != "" && (len(m.history) == 0 || m.history[len(m.history)-1] != kept) {
		m.history = append(m.history, kept)
	}
	m.recall, m.draft, m.filled, m.lifted = len(m.history), "", "", false
	m.input.SetValue("")
	return line
}

// goOn finds the lines that go on with the line that is sent: those of the
// example that it is, or what is left of them.
func (m *Model) goOn(line string) {
	if !m.expectsCommands() {
		if len(m.follow) > 0 && m.follow[0] == line {
			m.follow = m.follow[1:]
		} else {
			m.follow = nil
		}
		return
	}
	_, command := m.split()
	v, _ := m.verb()
	m.follow = nil
	if strings.EqualFold(command, v.Example) {
		m.follow = v.Follow
	}
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
	m.giveWay()
	m.suggest() // the tag may be another now
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
		m.draft = strings.TrimPrefix(m.input.Value(), m.filled)
	}
	m.recall = at
	line := m.draft
	if at < len(m.history) {
		line = m.history[at]
	}
	m.input.SetValue(m.filled + line)
}

// suggest offers what would complete the line: the commands that the state
// allows, then whole examples, then the commands that it does not allow.
func (m *Model) suggest() {
	if !m.expectsCommands() {
		m.input.SetOffers(m.follow[:min(len(m.follow), 1)])
		return
	}
	tag, command := m.split()
	if tag != "" && command == "" { // a tag alone is no beginning of anything
		m.input.SetOffers(nil)
		return
	}
	var allowed, examples, others []string
	for _, v := range m.verbs {
		switch {
		case v.Allowed(m.state) && m.proposes(v):
			allowed = append(allowed, tag+v.Name)
			examples = append(examples, tag+v.Example)
		default:
			others = append(others, tag+v.Name, tag+v.Example)
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
	_, command := m.split()
	typed := strings.ToUpper(command)
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
