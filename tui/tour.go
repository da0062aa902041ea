package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/protocols/note"
	"surel/tui/screen/explorer"
	"surel/tui/screen/glossary"
	"surel/tui/screen/welcome"
	"surel/tui/ui"
	"surel/tui/widget/bars"
)

// tour shows a new person four keys, one after another, on the first conversation.
type tour struct {
	on bool
	at int
}

// tourStep is a key of the tour and the label of what it does.
type tourStep struct {
	key   key.Binding
	label string
}

func (m *Model) tourSteps() []tourStep {
	k := m.ctx.Keys
	return []tourStep{{k.Next, "tour.next"}, {k.NextPane, "tour.pane"}, {k.Terms, "tour.terms"}, {k.Type, "tour.type"}}
}

// guide takes a key for the tour; it is true where the key has done its work there.
func (m *Model) guide(msg tea.KeyPressMsg) bool {
	if m.tour.on = m.guiding(); !m.tour.on {
		return false
	}
	steps := m.tourSteps()
	switch {
	case key.Matches(msg, m.ctx.Keys.Back) && !m.leadsBack():
		m.tour.on = false
		return true
	case key.Matches(msg, steps[m.tour.at].key):
		m.tour.at++
		m.tour.on = m.tour.at < len(steps)
	}
	return false
}

// guiding tells whether the tour goes on: it ends where its conversation is left.
func (m *Model) guiding() bool {
	_, is := m.top().(*explorer.Model)
	return m.tour.on && (is || m.leadsBack())
}

// leadsBack tells whether esc leads back from the terms, and does not end the tour.
func (m *Model) leadsBack() bool {
	_, is := m.top().(*glossary.Model)
	return is
}

// tourLine is the bottom line of the tour.
func (m *Model) tourLine() string {
	step := m.tourSteps()[m.tour.at]
	label, end := step.label, m.ctx.Keys.Back
	switch {
	case !m.leadsBack():
		end.SetHelp(end.Help().Key, m.ctx.Text.Get("tour.end"))
	case label == "tour.type":
		label = "tour.back"
	}
	words := m.ctx.Text.Get("tour.step", m.tour.at+1, len(m.tourSteps()), step.key.Help().Key, m.ctx.Text.Get(label))
	return bars.Guide(m.ctx.Theme, words, end, m.width)
}

// welcome is the screen of a new person, who goes on in the language that is taken, at
// the first conversation of the first lesson.
func (m *Model) welcome() ui.Screen {
	return welcome.New(m.ctx.Lang(), func(lang note.Lang) tea.Cmd {
		return func() tea.Msg { return firstLang(lang) }
	})
}

// firstLang tells in which language a new person goes on.
type firstLang note.Lang

// beginFirst opens the first conversation of the first lesson, and the tour.
func (m *Model) beginFirst(lang note.Lang) tea.Cmd {
	m.leave()
	cmds := []tea.Cmd{m.setLang(lang)}
	m.notice = ui.Notice{}
	l := m.course.lessons[0]
	cmds = append(cmds, m.push(m.course.list()), m.push(m.course.open(l)))
	if len(l.Scenarios) > 0 {
		if s, ok := lessons.Find(l.Scenarios[0]); ok {
			cmds = append(cmds, m.push(explorer.New(m.course.lab, s)))
			m.tour.on = true
		}
	}
	return tea.Batch(cmds...)
}
