// Package scenarios is the list of the scenarios of one protocol, with what
// the chosen one teaches. Start with New.
package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/help"
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/tui/ui"
	"surel/tui/widget/block"
	"surel/tui/widget/menu"
)

// sideBySide is the width from which the scenario stands beside the list.
const sideBySide = 100

// Model is the screen.
type Model struct {
	ctx      ui.Context
	protocol string
	list     []lessons.Scenario
	open     func(lessons.Scenario) ui.Screen
	menu     menu.Model
	width    int
	height   int
}

var _ ui.Text = (*Model)(nil)

// New makes the screen for the scenarios, of which there is at least one, of
// the protocol with the given name; open makes the screen that plays one. The
// scenario with the ID chosen is chosen, or the first.
func New(protocol string, list []lessons.Scenario, chosen string, open func(lessons.Scenario) ui.Screen) *Model {
	m := &Model{protocol: protocol, list: list, open: open, menu: menu.New()}
	m.menu.SetRows(make([]menu.Row, len(list)))
	m.menu.Choose(slices.IndexFunc(list, func(s lessons.Scenario) bool { return s.ID == chosen }))
	return m
}

// Init starts nothing.
func (m *Model) Init() tea.Cmd { return nil }

// Update moves the choice and opens what is chosen.
func (m *Model) Update(msg tea.Msg) (ui.Screen, tea.Cmd) {
	k := m.ctx.Keys
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, k.Open):
			return m, m.openChosen()
		case key.Matches(msg, k.Number):
			if i := int(msg.Code - '1'); i < len(m.list) {
				m.menu.Choose(i)
				return m, m.openChosen()
			}
		}
	case tea.MouseClickMsg:
		at := m.plan().menu
		i, ok := m.menu.At(msg.Y - at.y)
		switch {
		case !ok || msg.X >= at.width:
		case i == m.menu.Chosen():
			return m, m.openChosen()
		default:
			m.menu.Choose(i)
		}
		return m, nil
	}
	m.menu = m.menu.Update(msg)
	return m, nil
}

func (m *Model) openChosen() tea.Cmd { return ui.Open(m.open(m.chosen())) }

func (m *Model) chosen() lessons.Scenario { return m.list[m.menu.Chosen()] }

// area is a part of the screen, in cells.
type area struct{ x, y, width, height int }

// plan says where everything is.
type plan struct{ menu, about area }

func (m *Model) plan() plan {
	rows := len(m.list)
	if m.width >= sideBySide {
		left := m.width * 2 / 5
		return plan{
			menu:  area{y: 1, width: left, height: m.height - 1},
			about: area{x: left, y: 1, width: min(m.width-left, 84), height: m.height - 1},
		}
	}
	rows = min(rows, m.height*2/5)
	return plan{
		menu:  area{y: 1, width: m.width, height: rows},
		about: area{y: rows + 2, width: min(m.width, 80), height: m.height - rows - 2},
	}
}

// SetSize says how much room there is.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.layOut()
}

// SetContext gives theme, words and keys anew.
func (m *Model) SetContext(ctx ui.Context) {
	m.ctx = ctx
	k := ctx.Keys
	m.menu.KeyMap = menu.KeyMap{Up: k.Up, Down: k.Down, PageUp: k.PageUp, PageDown: k.PageDown, Top: k.Top, Bottom: k.Bottom}
	m.menu.Theme, m.menu.Spaced = ctx.Theme, ctx.Presenter
	m.layOut()
}

func (m *Model) layOut() {
	if m.ctx.Text == nil || m.width == 0 {
		return
	}
	rows := make([]menu.Row, len(m.list))
	for i, s := range m.list {
		rows[i] = menu.Row{
			Left:  fmt.Sprintf("%2d  %s", i+1, s.Title.In(m.ctx.Lang())),
			Right: m.ctx.Text.Get("scenarios.steps", len(s.Actions)),
		}
	}
	m.menu.SetRows(rows)
	at := m.plan().menu
	m.menu.SetSize(at.width, at.height)
}

// View draws the screen.
func (m *Model) View() string {
	p, t := m.plan(), m.ctx.Theme
	rule := t.Border.Render(strings.Repeat(t.Lines.Top, m.width))
	list := m.menu.View()
	if p.about.x > 0 {
		about := block.Fit(block.Indent(m.about(p.about.width-4, p.about.height), 2), m.width-p.about.x, p.about.height)
		return rule + "\n" + block.Beside(list, about)
	}
	about := block.Fit(block.Indent(m.about(p.about.width-4, p.about.height), 2), m.width, p.about.height)
	return strings.Join([]string{rule, list, rule, about}, "\n")
}

// about says what the chosen scenario teaches, and, where there is room, who
// talks in it and what the server should answer.
func (m *Model) about(width, height int) string {
	s, t, words := m.chosen(), m.ctx.Theme, m.ctx.Text
	intro := t.Title.Render(s.Title.In(m.ctx.Lang())) + "\n\n" + t.Text.Render(block.Wrap(s.Intro.In(m.ctx.Lang()), width))
	talk := []string{t.Strong.Render(words.Get("scenarios.plays"))}
	for _, c := range s.Clients {
		talk = append(talk, t.Client.Render(c.Host)+" "+t.Signs.Line+t.Signs.Right+" "+t.Server.Render(c.Server))
	}
	parts := []string{intro, strings.Join(talk, "\n")}
	if codes := expected(s); len(codes) > 0 {
		line := words.Get("scenarios.expects", strings.Join(codes, ", "))
		parts = append(parts, t.Text.Render(block.Wrap(line, width)))
	}
	about := parts[0]
	for _, part := range parts[1:] {
		if longer := about + "\n\n" + part; strings.Count(longer, "\n") < height {
			about = longer
		}
	}
	return about
}

// expected gives the reply codes that a scenario expects, each once, in the
// order in which they come.
func expected(s lessons.Scenario) []string {
	var codes []string
	for _, a := range s.Actions {
		for _, e := range a.Expects {
			if code := e.Code(); code != "" && !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		}
	}
	return codes
}

// Title names the protocol and the list.
func (m *Model) Title() string {
	return m.protocol + " " + m.ctx.Theme.Signs.Cursor + " " + m.ctx.Text.Get("scenarios.title")
}

// Reading gives what the chosen scenario teaches.
func (m *Model) Reading() string {
	s, lang := m.chosen(), m.ctx.Lang()
	return s.Title.In(lang) + "\n" + s.Intro.In(lang)
}

// Help gives the keys that work now.
func (m *Model) Help() help.KeyMap {
	k := m.ctx.Keys
	return ui.Keys{
		Short: []key.Binding{k.Open, k.Choose},
		Full:  [][]key.Binding{{k.Open, k.Number}, {k.Up, k.Down, k.PageUp, k.PageDown, k.Top, k.Bottom}},
	}
}

// Typing is false: nothing is typed here.
func (m *Model) Typing() bool { return false }

// Cursor is nil: nothing is typed here.
func (m *Model) Cursor() *tea.Cursor { return nil }

// Close ends nothing.
func (m *Model) Close() {}
