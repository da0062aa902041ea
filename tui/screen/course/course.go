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
	"surel/tui/widget/catalog"
	"surel/tui/widget/menu"
)

// Model is the screen.
type Model struct {
	ctx      ui.Context
	lessons  []lessons.Lesson
	progress ui.Progress
	open     func(lessons.Lesson) ui.Screen
	list     catalog.Model
}

var _ ui.Text = (*Model)(nil)

// New makes the screen for the lessons, of which there is at least one; open makes
// the screen of one. The lesson that was open last is chosen.
func New(all []lessons.Lesson, p ui.Progress, open func(lessons.Lesson) ui.Screen) *Model {
	m := &Model{lessons: all, progress: p, open: open, list: catalog.New(len(all), 50)}
	last := p.Record().Lesson
	for i, l := range all {
		if l.ID == last {
			m.list.Choose(i)
		}
	}
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
	m.layOut() // also what was done meanwhile
	return m, nil
}

func (m *Model) chosen() lessons.Lesson { return m.lessons[m.list.Chosen()] }

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
	m.layOut()
}

func (m *Model) layOut() {
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
	m.list.SetRows(rows)
}

// View draws the screen.
func (m *Model) View() string {
	width, _ := m.list.About()
	return m.list.View(m.about(width))
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
