package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/protocols/wire"
	"surel/tui/screen/cards"
	"surel/tui/screen/explorer"
	"surel/tui/screen/glossary"
	"surel/tui/screen/home"
	"surel/tui/screen/monitor"
	"surel/tui/screen/scenarios"
	"surel/tui/screen/search"
	"surel/tui/screen/source"
	"surel/tui/ui"
)

// stations are what the first screen offers: every protocol that has
// scenarios, and what protocols do together, in the order of teaching, the
// lessons, the articles, and what practice says of them. A protocol appears here by itself once
// its first scenario is written.
func stations(lab ui.Lab, list []lessons.Scenario, lessonsOf course) []home.Station {
	open := func(s lessons.Scenario) ui.Screen { return explorer.New(lab, s) }
	var all []home.Station
	for _, s := range list {
		id := s.Protocol()
		i := slices.IndexFunc(all, func(st home.Station) bool { return st.ID == id })
		if i < 0 {
			all = append(all, home.Station{ID: id, Name: s.Subject()})
			i = len(all) - 1
		}
		all[i].Scenarios = append(all[i].Scenarios, s)
	}
	for i := range all {
		st := all[i]
		all[i].Open = func() ui.Screen { return open(st.Scenarios[0]) }
		all[i].List = func(chosen string) ui.Screen { return scenarios.New(st.Name, st.Scenarios, chosen, open) }
	}
	return append(all,
		home.Station{ID: "course", Open: lessonsOf.list, Done: lessonsOf.counted},
		home.Station{ID: "source", Open: func() ui.Screen { return source.New(lessons.Source) }},
		home.Station{ID: "cards", Open: func() ui.Screen { return cards.New(lessons.Cards(), lessonsOf.prove) }},
	)
}

// showScenarios leaves the screen that plays a scenario for the list in which
// it stands: the one it was opened from, or a new one.
func (m *Model) showScenarios(id string) tea.Cmd {
	if len(m.stack) > 1 {
		m.leave()
	}
	if _, ok := m.top().(*scenarios.Model); ok {
		return nil
	}
	for _, st := range m.stations {
		if slices.ContainsFunc(st.Scenarios, func(s lessons.Scenario) bool { return s.ID == id }) {
			return m.push(st.List(id))
		}
	}
	return nil
}

// showTerms shows the glossary over the present screen, the terms of its text
// first.
func (m *Model) showTerms() tea.Cmd {
	if slices.ContainsFunc(m.stack, func(s ui.Screen) bool {
		_, is := s.(*glossary.Model)
		return is
	}) {
		return nil
	}
	var here []lessons.Term
	if t, ok := m.top().(ui.Text); ok {
		here = lessons.TermsIn(t.Reading(), m.ctx.Lang())
	}
	return m.push(glossary.New(lessons.Glossary(), here))
}

// filters tells whether the screen that is shown has a filter of its own on the key
// that searches elsewhere.
func (m *Model) filters() bool {
	switch m.top().(type) {
	case *explorer.Model, *glossary.Model:
		return true
	}
	return false
}

// showSearch lets the person find something, over the present screen.
func (m *Model) showSearch() tea.Cmd {
	return m.push(search.New(m.course.findable))
}

// showMonitor shows the lab at work, over the present screen.
func (m *Model) showMonitor() tea.Cmd {
	shown := slices.ContainsFunc(m.stack, func(s ui.Screen) bool {
		_, is := s.(*monitor.Model)
		return is
	})
	if shown {
		return nil
	}
	return m.push(m.monitor())
}

func (m *Model) monitor() ui.Screen {
	lab := m.opts.Lab
	return monitor.New(lab, func(c wire.Conn) ui.Screen { return explorer.Watch(lab, c) })
}
