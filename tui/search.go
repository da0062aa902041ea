package tui

import (
	"strings"

	"surel/lessons"
	"surel/protocols"
	"surel/protocols/note"
	"surel/protocols/visible"
	"surel/tui/screen/explorer"
	"surel/tui/screen/glossary"
	"surel/tui/screen/search"
	"surel/tui/ui"
	"surel/tui/widget/prose"
)

// findable gives everything that can be found, in a language: what one can do first,
// then what one can read. In a recording there is nothing to do.
func (c course) findable(lang note.Lang) []search.Entry {
	if c.recorded {
		return readable(lang)
	}
	return append(c.playable(lang), readable(lang)...)
}

// playable gives what talks to the servers of the lab.
func (c course) playable(lang note.Lang) []search.Entry {
	var all []search.Entry
	for _, l := range c.lessons {
		text := []string{l.Goal.In(lang), prose.Plain(l.Introduction(lang))}
		all = append(all, search.Entry{
			Kind: "search.lesson", Title: l.Title.In(lang), Text: strings.Join(text, "\n\n"), Refs: l.Read, Open: func() ui.Screen { return c.open(l) },
		})
		for _, t := range l.Tasks {
			all = append(all, search.Entry{
				Kind: "search.task", Title: t.Way.Title.In(lang), Text: t.Way.Intro.In(lang), Open: func() ui.Screen { return c.task(t, 0, l.NoSkip) },
			})
		}
	}
	for _, s := range lessons.Scenarios() {
		all = append(all, search.Entry{
			Kind: "search.scenario", Title: s.Title.In(lang), Text: s.ID + ". " + s.Intro.In(lang),
			Open: func() ui.Screen { return explorer.New(c.lab, s) },
		})
	}
	for _, card := range lessons.Cards() {
		all = append(all, search.Entry{
			Kind: "search.card", Title: card.Title.In(lang), Text: strings.Join([]string{card.Quote, card.Practice.In(lang), card.Watch.In(lang)}, "\n\n"),
			Refs: card.Standards, Open: func() ui.Screen { return c.prove(card) },
		})
	}
	return all
}

// readable gives the terms and the notes.
func readable(lang note.Lang) []search.Entry {
	var all []search.Entry
	for _, t := range lessons.Glossary() {
		all = append(all, search.Entry{
			Kind: "search.term", Title: strings.Join(append([]string{t.Name.In(lang)}, t.Also.In(lang)...), ", "), Text: t.Text.In(lang), Refs: t.Refs,
			Open: func() ui.Screen { return glossary.New(lessons.Glossary(), []lessons.Term{t}) },
		})
	}
	return append(all, notes(lang)...)
}

// notes gives the notes of every protocol.
func notes(lang note.Lang) []search.Entry {
	var all []search.Entry
	for i := range protocols.All {
		p := &protocols.All[i]
		for _, key := range p.Notes.Keys(lang) {
			n, _ := p.Notes.Lookup(key, lang)
			all = append(all, search.Entry{
				Kind: "search.note", Title: p.Name + ": " + visible.String(n.Title), Text: n.Text, Refs: n.Refs,
			})
		}
	}
	return all
}
