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
	"surel/tui/widget/catalog"
	"surel/tui/widget/menu"
)

// Model is the screen.
type Model struct {
	ctx      ui.Context
	protocol string
	all      []lessons.Scenario
	open     func(lessons.Scenario) ui.Screen
	list     catalog.Model
}

var _ ui.Text = (*Model)(nil)

// New makes the screen for the scenarios, of which there is at least one, of
// the protocol with the given name; open makes the screen that plays one. The
// scenario with the ID chosen is chosen, or the first.
func New(protocol string, all []lessons.Scenario, chosen string, open func(lessons.Scenario) ui.Screen) *Model {
	m := &Model{protocol: protocol, all: all, open: open, list: catalog.New(len(all), 40)}
	m.list.Choose(slices.IndexFunc(all, func(s lessons.Scenario) bool { return s.ID == chosen }))
	return m
}

// Init starts nothing.
func (m *Model) Init() tea.Cmd { return nil }

// Update moves the choice and opens what is chosen.
func (m *Model) Update(msg tea.Msg) (ui.Screen, tea.Cmd) {
	var open bool
	if m.list, open = m.list.Update(msg); open {
		return m, ui.Open(m.open(m.chosen()))
	}
	return m, nil
}

func (m *Model) chosen() lessons.Scenario { return m.all[m.list.Chosen()] }

// SetSize says how much room there is.
func (m *Model) SetSize(width, height int) { m.list.SetSize(width, height) }

// SetContext gives theme, words and keys anew.
func (m *Model) SetContext(ctx ui.Context) {
	m.ctx = ctx
	k := ctx.Keys
	m.list.KeyMap = catalog.KeyMap{
		KeyMap: menu.KeyMap{Up: k.Up, Down: k.Down, PageUp: k.PageUp, PageDown: k.PageDown, Top: k.Top, Bottom: k.Bottom},
		Open:   k.Open, Number: k.Number,
	}
	m.list.SetTheme(ctx.Theme, ctx.Presenter)
	rows := make([]menu.Row, len(m.all))
	for i, s := range m.all {
		rows[i] = menu.Row{
			Left:  fmt.Sprintf("%2d  %s", i+1, s.Title.In(ctx.Lang())),
			Right: ctx.Text.Get("scenarios.steps", len(s.Actions)),
		}
	}
	m.list.SetRows(rows)
}

// View draws the screen.
func (m *Model) View() string { return m.list.View(m.about(m.list.About())) }

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
