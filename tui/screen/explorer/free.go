package explorer

import (
	tea "charm.land/bubbletea/v2"

	"surel/tui/ui"
)

// freePlay opens a screen on which a person may try anything on connections of its
// own. Nothing of it counts for the task, which waits as it is.
func (m *Model) freePlay() tea.Cmd {
	attempt := m.try.attempt
	if attempt == nil {
		return nil
	}
	if m.run.busy { // what it opens is the task's
		m.run.after = m.freePlay
		return nil
	}
	if err := attempt.Pause(); err != nil {
		return ui.Complain(err.Error())
	}
	run := m.run
	run.step(true)
	s := New(m.lab, attempt.Task.Way)
	s.free, s.run.hidden = true, true
	s.left = func() {
		run.step(false)
		if err := attempt.Resume(); err != nil {
			m.trouble = err
		}
	}
	return ui.Open(s)
}
