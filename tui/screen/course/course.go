// Package course is the list of the lessons, with what is done of each. Start with
// New.
package course

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/help"
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/tui/ui"
	"surel/tui/widget/block"
	"surel/tui/widget/menu"
)

// sideBySide is the width from which the lesson stands beside the list.
const sideBySide = 100

// Model is the screen.
type Model struct {
	ctx      ui.Context
	lessons  []lessons.Lesson
	progress ui.Progress
	open     func(lessons.Lesson) ui.Screen
	menu     menu.Model
	width    int
	height   int
}

var _ ui.Text = (*Model)(nil)

// New makes the screen for the lessons, of which there is at least one; open makes
// the screen of one. The lesson that was open last is chosen.
func New(all []lessons.Lesson, p ui.Progress, open func(lessons.Lesson) ui.Screen) *Model {
	m := &Model{lessons: all, progress: p, open: open, menu: menu.New()}
	m.menu.SetRows(make([]menu.Row, len(all)))
	last := p.Record().Lesson
	for i, l := range all {
		if l.ID == last {
			m.menu.Choose(i)
		}
	}
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
			if i := int(msg.Code - '1'); i < len(m.lessons) {
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
	m.layOut() // also what was done meanwhile
	return m, nil
}

func (m *Model) openChosen() tea.Cmd { return ui.Open(m.open(m.chosen())) }

func (m *Model) chosen() lessons.Lesson { return m.lessons[m.menu.Chosen()] }

// area is a part of the screen, in cells.
type area struct{ x, y, width, height int }

// plan says where everything is.
type plan struct{ menu, about area }

func (m *Model) plan() plan {
	if m.width >= sideBySide {
		left := m.width / 2
		return plan{
			menu:  area{y: 1, width: left, height: m.height - 1},
			about: area{x: left, y: 1, width: min(m.width-left, 80), height: m.height - 1},
		}
	}
	rows := min(len(m.lessons), m.height/2)
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
	record := m.progress.Record()
	rows := make([]menu.Row, len(m.lessons))
	for i, l := range m.lessons {
		tasks := 0
		for _, t := range l.Tasks {
			if _, ok := record.Tasks[t.ID]; ok {
				tasks++
			}
		}
		rows[i] = menu.Row{
			Left:  fmt.Sprintf("%d  %s", i+1, l.Title.In(m.ctx.Lang())),
			Right: m.ctx.Text.Get("course.tasks", tasks, len(l.Tasks)),
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
	list := block.Fit(m.menu.View(), p.menu.width, p.menu.height)
	about := block.Fit(block.Indent(m.about(p.about.width-4), 2), m.width-p.about.x, p.about.height)
	if p.about.x > 0 {
		return rule + "\n" + block.Beside(list, about)
	}
	return strings.Join([]string{rule, list, rule, about}, "\n")
}

// about says what one can do at the end of the chosen lesson.
func (m *Model) about(width int) string {
	l, t, lang := m.chosen(), m.ctx.Theme, m.ctx.Lang()
	return strings.Join([]string{
		t.Title.Render(block.Wrap(l.Title.In(lang), width)),
		t.Text.Render(block.Wrap(l.Goal.In(lang), width)),
		t.Faint.Render(block.Wrap(m.ctx.Text.Get("course.has", len(l.Scenarios), len(l.Tasks), len(l.Quiz)), width)),
	}, "\n\n")
}

// Reading gives the words about the chosen lesson.
func (m *Model) Reading() string {
	l, lang := m.chosen(), m.ctx.Lang()
	return l.Title.In(lang) + "\n" + l.Goal.In(lang)
}

// Title names the screen.
func (m *Model) Title() string { return m.ctx.Text.Get("course.title") }

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
