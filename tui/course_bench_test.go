package tui

import (
	"strconv"
	"testing"

	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/tui/ui"
)

// BenchmarkOpenLesson opens the longest lesson from the list and draws it.
func BenchmarkOpenLesson(b *testing.B) {
	m := New(Options{Lab: newStill(), Lang: "id"})
	m.Update(tea.WindowSizeMsg{Width: 140, Height: 40})
	c := course{lab: m.opts.Lab, lessons: lessons.Lessons(), done: m.opts.Progress}
	m.Update(ui.Push{Screen: c.list()})
	for i := 0; b.Loop(); i++ {
		_, cmd := m.Update(ui.Press(strconv.Itoa(i%len(c.lessons) + 1)))
		m.Update(cmd())
		_ = m.View()
		m.leave()
	}
}
