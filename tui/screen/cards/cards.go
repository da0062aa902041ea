// Package cards is the screen on which the articles are held against practice,
// a card for a sentence. Start with New.
package cards

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/help"
	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/viewport"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"surel/lessons"
	"surel/tui/ui"
	"surel/tui/widget/block"
	"surel/tui/widget/menu"
)

const (
	// measure is how wide a line of text may be and still read well, in cells.
	measure = 76
	// sideBySide is the width from which the list of cards stands beside the
	// card.
	sideBySide = 120
)

// Model is the screen.
type Model struct {
	ctx    ui.Context
	cards  []lessons.Card
	prove  func(lessons.Card) ui.Screen
	menu   menu.Model
	view   viewport.Model
	width  int
	height int
}

var _ ui.Text = (*Model)(nil)

// New makes the screen for the cards, of which there is at least one; prove makes
// the screen that plays the experiment of one.
func New(cards []lessons.Card, prove func(lessons.Card) ui.Screen) *Model {
	m := &Model{cards: cards, prove: prove, menu: menu.New(), view: viewport.New()}
	m.menu.SetRows(make([]menu.Row, len(cards)))
	return m
}

// Init starts nothing.
func (m *Model) Init() tea.Cmd { return nil }

// Update turns over the cards, scrolls in one, and plays its experiment.
func (m *Model) Update(msg tea.Msg) (ui.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return m, m.press(msg)
	case tea.MouseWheelMsg:
		switch msg.Button {
		case tea.MouseWheelUp:
			m.view.ScrollUp(3)
		case tea.MouseWheelDown:
			m.view.ScrollDown(3)
		default:
		}
	case tea.MouseClickMsg:
		at := m.plan().menu
		if i, ok := m.menu.At(msg.Y - at.y); ok && msg.X < at.width {
			m.turn(i - m.menu.Chosen())
		}
	}
	return m, nil
}

func (m *Model) press(msg tea.KeyPressMsg) tea.Cmd {
	k := m.ctx.Keys
	switch {
	case key.Matches(msg, k.Prove):
		return ui.Open(m.prove(m.chosen()))
	case key.Matches(msg, k.NextCard):
		m.turn(1)
	case key.Matches(msg, k.PrevCard):
		m.turn(-1)
	case key.Matches(msg, k.Top):
		m.turn(-len(m.cards))
	case key.Matches(msg, k.Bottom):
		m.turn(len(m.cards))
	case key.Matches(msg, k.Down):
		m.view.ScrollDown(1)
	case key.Matches(msg, k.Up):
		m.view.ScrollUp(1)
	case key.Matches(msg, k.PageDown, k.Page):
		m.view.PageDown()
	case key.Matches(msg, k.PageUp):
		m.view.PageUp()
	}
	return nil
}

// turn goes on by a number of cards, as far as there are any.
func (m *Model) turn(by int) {
	m.menu.Choose(min(max(m.menu.Chosen()+by, 0), len(m.cards)-1))
	m.layOut()
	m.view.GotoTop()
}

func (m *Model) chosen() lessons.Card { return m.cards[m.menu.Chosen()] }

// area is a part of the screen, in cells.
type area struct{ x, y, width, height int }

// plan says where everything is; the menu has no width where there is no room
// for it.
type plan struct{ menu, card area }

func (m *Model) plan() plan {
	const head, foot = 2, 1
	height := max(m.height-head-foot, 1)
	if m.width >= sideBySide {
		left := m.width - measure - 8
		return plan{
			menu: area{y: head, width: left, height: height},
			card: area{x: left + 4, y: head, width: measure, height: height},
		}
	}
	text := min(m.width-4, measure)
	return plan{card: area{x: (m.width - text) / 2, y: head, width: text, height: height}}
}

// SetSize says how much room there is.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.layOut()
}

// SetContext gives theme, words and keys anew.
func (m *Model) SetContext(ctx ui.Context) {
	m.ctx = ctx
	m.menu.Theme = ctx.Theme
	m.layOut()
}

func (m *Model) layOut() {
	if m.ctx.Text == nil || m.width == 0 {
		return
	}
	rows := make([]menu.Row, len(m.cards))
	for i, c := range m.cards {
		rows[i] = menu.Row{Left: fmt.Sprintf("%2d  %s", i+1, c.Title.In(m.ctx.Lang()))}
	}
	m.menu.SetRows(rows)
	p := m.plan()
	m.menu.SetSize(p.menu.width, p.menu.height)
	m.view.SetWidth(p.card.width)
	m.view.SetHeight(p.card.height)
	m.view.SetContent(face(m.ctx, m.chosen(), p.card.width))
}

// View draws the screen.
func (m *Model) View() string {
	p, t := m.plan(), m.ctx.Theme
	card := block.Fit(block.Indent(m.view.View(), p.card.x-p.menu.width), m.width-p.menu.width, p.card.height)
	if p.menu.width > 0 {
		card = block.Beside(block.Fit(m.menu.View(), p.menu.width, p.card.height), card)
	}
	rule := t.Border.Render(strings.Repeat(t.Lines.Top, m.width))
	foot := " " + m.ctx.Text.Get("cards.at", m.menu.Chosen()+1, len(m.cards))
	if !m.view.AtBottom() {
		foot += "   " + t.Signs.Down + " " + m.ctx.Text.Get("cards.more")
	}
	foot = ansi.Truncate(foot, m.width, t.Signs.Ellipsis)
	return strings.Join([]string{rule, block.Fit("", m.width, 1), card, t.Faint.Render(block.Fit(foot, m.width, 1))}, "\n")
}

// Title names the screen.
func (m *Model) Title() string { return m.ctx.Text.Get("cards.title") }

// Reading gives what the card says.
func (m *Model) Reading() string {
	c, lang := m.chosen(), m.ctx.Lang()
	return strings.Join([]string{c.Title.In(lang), c.Practice.In(lang), c.Watch.In(lang)}, "\n")
}

// Help gives the keys that work now.
func (m *Model) Help() help.KeyMap {
	k := m.ctx.Keys
	return ui.Keys{
		Short: []key.Binding{k.Prove, k.NextCard, k.PrevCard},
		Full:  [][]key.Binding{{k.Prove, k.NextCard, k.PrevCard, k.Top, k.Bottom}, {k.Up, k.Down, k.PageUp, k.PageDown, k.Page}},
	}
}

// Typing is false: nothing is typed here.
func (m *Model) Typing() bool { return false }

// Cursor is nil: nothing is typed here.
func (m *Model) Cursor() *tea.Cursor { return nil }

// Close ends nothing.
func (m *Model) Close() {}
