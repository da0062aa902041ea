// Package home is the first screen: the way of a letter, and the stations on
// it that can be visited. Start with New.
package home

import (
	"charm.land/bubbles/v2/help"
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/tui/ui"
	"surel/tui/widget/menu"
)

// Station is a place on the way of a letter that can be visited. The words
// about it are the labels home.ID and home.ID.about.
type Station struct {
	// ID is the protocol's, such as "smtp"; "source" for the articles.
	ID string
	// Name is the name in print; where it is empty, the label home.ID.name.
	Name string
	// Scenarios are those that teach it.
	Scenarios []lessons.Scenario
	// Done counts what is done there and all that there is; nil where nothing is
	// counted.
	Done func() (done, all int)
	// Open makes the screen that enter opens.
	Open func() ui.Screen
	// List makes the screen with the scenarios, the one with the given ID
	// chosen; nil where there is none.
	List func(chosen string) ui.Screen
}

// Model is the screen.
type Model struct {
	ctx      ui.Context
	lab      ui.Lab
	stations []Station
	menu     menu.Model
	width    int
	height   int
}

var _ ui.Text = (*Model)(nil)

// New makes the screen for the stations, of which there is at least one.
func New(lab ui.Lab, stations []Station) *Model {
	return &Model{lab: lab, stations: stations, menu: menu.New()}
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
			return m, ui.Open(m.chosen().Open())
		case key.Matches(msg, k.Scenarios) && m.chosen().List != nil:
			return m, ui.Open(m.chosen().List(""))
		case key.Matches(msg, k.Number):
			if i := int(msg.Code - '1'); i < len(m.stations) {
				m.menu.Choose(i)
				return m, ui.Open(m.chosen().Open())
			}
		}
	case tea.MouseClickMsg:
		return m, m.click(msg.X, msg.Y)
	}
	m.menu = m.menu.Update(msg)
	return m, nil
}

// click chooses a station, and opens the one that is chosen already.
func (m *Model) click(x, y int) tea.Cmd {
	at := m.plan().menu
	i, ok := m.menu.At(y - at.y)
	if !ok || x >= at.width {
		return nil
	}
	if i == m.menu.Chosen() {
		return ui.Open(m.chosen().Open())
	}
	m.menu.Choose(i)
	return nil
}

func (m *Model) chosen() Station { return m.stations[m.menu.Chosen()] }

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
	m.menu.Theme = ctx.Theme
	m.menu.Spaced = ctx.Presenter
	m.layOut()
}

// layOut tells the menu its rows and size.
func (m *Model) layOut() {
	if m.ctx.Text == nil || m.width == 0 {
		return
	}
	m.menu.SetRows(m.rows())
	at := m.plan().menu
	m.menu.SetSize(at.width, at.height)
}

// Title is empty: home is where every path begins.
func (m *Model) Title() string { return "" }

// Help gives the keys that work now.
func (m *Model) Help() help.KeyMap {
	k := m.ctx.Keys
	scenarios := k.Scenarios
	scenarios.SetEnabled(m.chosen().List != nil)
	return ui.Keys{
		Short: []key.Binding{k.Open, scenarios, k.Monitor, k.Terms, k.Choose, k.Quit},
		Full:  [][]key.Binding{{k.Open, scenarios, k.Number}, {k.Up, k.Down, k.PageUp, k.PageDown, k.Top, k.Bottom}},
	}
}

// Typing is false: nothing is typed here.
func (m *Model) Typing() bool { return false }

// Cursor is nil: nothing is typed here.
func (m *Model) Cursor() *tea.Cursor { return nil }

// Close ends nothing.
func (m *Model) Close() {}
