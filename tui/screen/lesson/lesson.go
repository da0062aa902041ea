// Package lesson is the screen of one lesson: its introduction, what the articles
// say, the scenarios to watch, the cards, the tasks and the quiz. Start with New.
package lesson

import (
	"strings"

	"charm.land/bubbles/v2/help"
	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/viewport"
	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/lessons/progress"
	"surel/tui/ui"
	"surel/tui/widget/block"
	"surel/tui/widget/menu"
)

const (
	// measure is how wide a line of text may be and still read well, in cells.
	measure = 76
	// sideBySide is the width from which the text stands beside the steps.
	sideBySide = 120
)

// Opens are the screens that a lesson opens.
type Opens struct {
	Scenario func(lessons.Scenario) ui.Screen
	Card     func(lessons.Card) ui.Screen
	Task     func(t lessons.Task, hints int) ui.Screen
	Quiz     func(lessons.Lesson) ui.Screen
}

// Model is the screen.
type Model struct {
	ctx      ui.Context
	lesson   lessons.Lesson
	progress ui.Progress
	opens    Opens
	steps    []step
	hints    map[string]int // how many of a task are shown, by its ID
	menu     menu.Model
	view     viewport.Model
	width    int
	height   int
}

var _ ui.Text = (*Model)(nil)

// New makes the screen of a lesson. The first step that is not done is chosen.
func New(l lessons.Lesson, p ui.Progress, opens Opens) *Model {
	m := &Model{
		lesson: l, progress: p, opens: opens, steps: stepsOf(l), hints: map[string]int{},
		menu: menu.New(), view: viewport.New(),
	}
	m.menu.SetRows(make([]menu.Row, len(m.steps)))
	m.menu.Choose(m.resume())
	return m
}

// resume gives the step to begin with: the introduction, or the first task or quiz
// that is not done where something was.
func (m *Model) resume() int {
	record, begun := m.progress.Record(), false
	first := 0
	for i, s := range m.steps {
		if !s.counts() {
			continue
		}
		if s.done(record) {
			begun = true
		} else if first == 0 {
			first = i
		}
	}
	if begun && first == 0 {
		return len(m.steps) - 1
	}
	if begun {
		return first
	}
	return 0
}

// Init keeps which lesson was open last.
func (m *Model) Init() tea.Cmd {
	p, id, words := m.progress, m.lesson.ID, m.ctx.Text
	return func() tea.Msg {
		if err := p.Update(func(r *progress.Record) { r.Lesson = id }); err != nil {
			return ui.Notice{Text: words.Get("lesson.unkept", err), Bad: true}
		}
		return nil
	}
}

// Update moves over the steps, scrolls in one and opens it.
func (m *Model) Update(msg tea.Msg) (ui.Screen, tea.Cmd) {
	k := m.ctx.Keys
	before := m.menu.Chosen()
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, k.Open):
			return m, m.open()
		case key.Matches(msg, k.Page):
			m.page()
			return m, nil
		case key.Matches(msg, k.Hint) && m.chosen().task != nil:
			id := m.chosen().task.ID
			m.hints[id] = min(m.hints[id]+1, len(m.chosen().task.Hints))
			m.layOut()
			m.view.GotoBottom()
			return m, nil
		}
		m.menu = m.menu.Update(msg)
	case tea.MouseClickMsg:
		at := m.plan().menu
		if i, ok := m.menu.At(msg.Y - at.y); ok && msg.X < at.width {
			if i == before {
				return m, m.open()
			}
			m.menu.Choose(i)
		}
	case tea.MouseWheelMsg:
		m.menu = m.menu.Update(msg)
	default: // of a screen above this one, maybe
		return m, nil
	}
	m.layOut()
	if m.menu.Chosen() != before {
		m.view.GotoTop()
	}
	return m, nil
}

// page goes on by a page, and from the end to the beginning.
func (m *Model) page() {
	if m.view.AtBottom() {
		m.view.GotoTop()
		return
	}
	m.view.PageDown()
}

// open opens the chosen step; one that is only read leads to the next.
func (m *Model) open() tea.Cmd {
	switch s := m.chosen(); {
	case s.scenario != nil:
		return ui.Open(m.opens.Scenario(*s.scenario))
	case s.card != nil:
		return ui.Open(m.opens.Card(*s.card))
	case s.task != nil:
		return ui.Open(m.opens.Task(*s.task, m.hints[s.task.ID]))
	case s.quiz != nil:
		return ui.Open(m.opens.Quiz(m.lesson))
	}
	if m.menu.Chosen() == len(m.steps)-1 {
		return ui.Leave
	}
	m.menu.Choose(m.menu.Chosen() + 1)
	m.layOut()
	m.view.GotoTop()
	return nil
}

func (m *Model) chosen() *step { return &m.steps[m.menu.Chosen()] }

// area is a part of the screen, in cells.
type area struct{ x, y, width, height int }

// plan says where everything is.
type plan struct{ menu, text area }

func (m *Model) plan() plan {
	const foot = 1
	if m.width >= sideBySide {
		left := m.width - measure - 8
		height := m.height - 1 - foot
		return plan{menu: area{y: 1, width: left, height: height}, text: area{x: left + 4, y: 1, width: measure, height: height}}
	}
	rows := max(m.height/4, 3)
	width := min(m.width-4, measure)
	return plan{
		menu: area{y: 1, width: m.width, height: rows},
		text: area{x: 2, y: rows + 2, width: width, height: max(m.height-rows-2-foot, 1)},
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
	m.menu.Theme = ctx.Theme
	m.layOut()
}

func (m *Model) layOut() {
	if m.ctx.Text == nil || m.width == 0 {
		return
	}
	record := m.progress.Record()
	rows := make([]menu.Row, len(m.steps))
	for i := range m.steps {
		rows[i] = m.steps[i].row(m.ctx, record)
	}
	m.menu.SetRows(rows)
	p := m.plan()
	m.menu.SetSize(p.menu.width, p.menu.height)
	m.view.SetWidth(p.text.width)
	m.view.SetHeight(p.text.height)
	m.view.SetContent(m.text(p.text.width))
}

// text draws the chosen step with lines of at most width cells.
func (m *Model) text(width int) string {
	s := m.chosen()
	hints := 0
	if s.task != nil {
		hints = m.hints[s.task.ID]
	}
	return s.text(m.ctx, m.lesson, m.progress.Record(), hints, width)
}

// View draws the screen.
func (m *Model) View() string {
	p, t := m.plan(), m.ctx.Theme
	rule := t.Border.Render(strings.Repeat(t.Lines.Top, m.width))
	steps := block.Fit(m.menu.View(), p.menu.width, p.menu.height)
	foot := ""
	if !m.view.AtBottom() {
		foot = " " + t.Signs.Down + " " + m.ctx.Text.Get("lesson.more")
	}
	foot = t.Faint.Render(block.Fit(foot, m.width, 1))
	if p.text.y == p.menu.y {
		text := block.Fit(block.Indent(m.view.View(), p.text.x-p.menu.width), m.width-p.menu.width, p.text.height)
		return strings.Join([]string{rule, block.Beside(steps, text), foot}, "\n")
	}
	text := block.Fit(block.Indent(m.view.View(), p.text.x), m.width, p.text.height)
	return strings.Join([]string{rule, steps, rule, text, foot}, "\n")
}

// Reading gives the words of the chosen step.
func (m *Model) Reading() string { return m.text(measure) }

// Title names the lesson.
func (m *Model) Title() string { return m.lesson.Title.In(m.ctx.Lang()) }

// Help gives the keys that work now.
func (m *Model) Help() help.KeyMap {
	k := m.ctx.Keys
	enter, hint := k.Open, k.Hint
	hint.SetEnabled(m.chosen().task != nil)
	enter.SetHelp(enter.Help().Key, m.ctx.Text.Get(m.chosen().verb()))
	return ui.Keys{
		Short: []key.Binding{enter, k.Choose, hint, k.Page},
		Full:  [][]key.Binding{{enter, hint, k.Page}, {k.Up, k.Down, k.PageUp, k.PageDown, k.Top, k.Bottom}},
	}
}

// Typing is false: nothing is typed here.
func (m *Model) Typing() bool { return false }

// Cursor is nil: nothing is typed here.
func (m *Model) Cursor() *tea.Cursor { return nil }

// Close ends nothing.
func (m *Model) Close() {}
