package lesson

import (
	"fmt"
	"strings"

	"surel/lessons"
	"surel/lessons/progress"
	"surel/protocols/note"
	"surel/tui/ui"
	"surel/tui/widget/block"
	"surel/tui/widget/menu"
	"surel/tui/widget/prose"
)

// step is a step of a lesson: one of these, or the introduction or the end.
type step struct {
	section  *lessons.Section
	scenario *lessons.Scenario
	card     *lessons.Card
	task     *lessons.Task
	quiz     []lessons.QuizItem
	end      bool
}

// stepsOf gives the steps of a lesson in their order.
func stepsOf(l lessons.Lesson) []step {
	steps := []step{{}}
	for _, key := range l.Sections {
		if s, ok := lessons.Source().Section(key); ok {
			steps = append(steps, step{section: &s})
		}
	}
	for _, id := range l.Scenarios {
		if s, ok := lessons.Find(id); ok {
			steps = append(steps, step{scenario: &s})
		}
	}
	for i := range l.Tasks {
		steps = append(steps, step{task: &l.Tasks[i]})
	}
	for _, id := range l.Cards {
		if c, ok := lessons.FindCard(id); ok {
			steps = append(steps, step{card: &c})
		}
	}
	return append(steps, step{quiz: l.Quiz}, step{end: true})
}

// counts tells whether the step can be done.
func (s *step) counts() bool { return s.task != nil || s.quiz != nil }

// done tells whether it is.
func (s *step) done(r progress.Record) bool {
	switch {
	case s.task != nil:
		_, ok := r.Tasks[s.task.ID]
		return ok
	case s.quiz != nil:
		return s.right(r) == len(s.quiz)
	}
	return false
}

// right counts the questions that were answered rightly.
func (s *step) right(r progress.Record) int {
	n := 0
	for _, q := range s.quiz {
		if !r.Answers[q.ID].Right.IsZero() {
			n++
		}
	}
	return n
}

// row is the step's line in the list.
func (s *step) row(ctx ui.Context, r progress.Record) menu.Row {
	row := menu.Row{Left: s.kind(ctx) + "  " + s.name(ctx)}
	switch {
	case s.quiz != nil:
		row.Right = fmt.Sprintf("%d/%d", s.right(r), len(s.quiz))
	case s.counts() && s.done(r):
		row.Right = ctx.Theme.Signs.Check
	case s.counts():
		row.Right = ctx.Theme.Signs.Ahead
	}
	return row
}

// kind names the kind of step, in a column of its own.
func (s *step) kind(ctx ui.Context) string {
	return fmt.Sprintf("%-9s", ctx.Text.Get(s.label()))
}

func (s *step) label() string {
	switch {
	case s.section != nil:
		return "lesson.source"
	case s.scenario != nil:
		return "lesson.scenario"
	case s.card != nil:
		return "lesson.card"
	case s.task != nil:
		return "lesson.task"
	case s.quiz != nil:
		return "lesson.quiz"
	case s.end:
		return "lesson.end"
	}
	return "lesson.intro"
}

// verb is the label of what enter does.
func (s *step) verb() string {
	switch {
	case s.scenario != nil:
		return "lesson.key.watch"
	case s.card != nil:
		return "key.prove"
	case s.task != nil:
		return "lesson.key.do"
	case s.quiz != nil:
		return "lesson.key.answer"
	case s.end:
		return "lesson.key.leave"
	}
	return "lesson.key.on"
}

func (s *step) name(ctx ui.Context) string {
	lang := ctx.Lang()
	switch {
	case s.section != nil:
		return heading(*s.section)
	case s.scenario != nil:
		return s.scenario.Title.In(lang)
	case s.card != nil:
		return s.card.Title.In(lang)
	case s.task != nil:
		return s.task.Way.Title.In(lang)
	case s.quiz != nil:
		return ctx.Text.Get("lesson.questions", len(s.quiz))
	case s.end:
		return ctx.Text.Get("lesson.learned")
	}
	return ctx.Text.Get("lesson.begin")
}

// heading names a section; the opening of an article has the article's title.
func heading(s lessons.Section) string {
	if s.Heading != "" {
		return s.Heading
	}
	for _, a := range lessons.Source().Articles {
		for _, other := range a.Sections {
			if other.Key == s.Key {
				return a.Title
			}
		}
	}
	return s.Key
}

// text draws the step with lines of at most width cells; hints says how many of a
// task's are shown.
func (s *step) text(ctx ui.Context, l lessons.Lesson, r progress.Record, hints, width int) string {
	t, lang, words := ctx.Theme, ctx.Lang(), ctx.Text
	para := func(text string) string { return t.Text.Render(block.Wrap(block.Plain(text), width)) }
	parts := []string{t.Title.Underline(true).Render(block.Wrap(s.name(ctx), width))}
	add := func(more ...string) { parts = append(parts, more...) }
	switch {
	case s.section != nil:
		add(t.Faint.Render(block.Wrap(words.Get("lesson.quoted", lessons.Source().Credit), width)))
		for _, p := range s.section.Paragraphs {
			add(quotation(ctx, p, width))
			if lang != note.ID {
				add(t.Faint.Render(words.Get("lesson.rendering")) + "\n" + quotation(ctx, lessons.Source().English(p), width))
			}
		}
	case s.scenario != nil:
		add(para(s.scenario.Intro.In(lang)))
	case s.card != nil:
		add(quotation(ctx, s.card.Quote, width), para(s.card.Practice.In(lang)), para(s.card.Watch.In(lang)))
	case s.task != nil:
		add(para(s.task.Way.Intro.In(lang)))
		switch done, ok := r.Tasks[s.task.ID]; {
		case ok && done.Shown:
			add(t.Good.Render(words.Get("lesson.task.shown")))
		case ok:
			add(t.Good.Render(t.Signs.Check + " " + words.Get("lesson.task.done")))
		}
		for i := range hints {
			add(t.Strong.Render(words.Get("lesson.hint", i+1, len(s.task.Hints))) + "\n" + para(s.task.Hints[i].In(lang)))
		}
	case s.quiz != nil:
		add(para(words.Get("lesson.quiz.about", s.right(r), len(s.quiz))))
	case s.end:
		add(para(l.Learned.In(lang)), para(words.Get("lesson.state", tasksDone(l, r), len(l.Tasks))),
			t.Strong.Render(words.Get("lesson.read"))+"\n"+t.Reference.Render(block.Wrap(strings.Join(l.Read, ", "), width)))
	default:
		add(t.Strong.Render(block.Wrap(l.Goal.In(lang), width)))
		add(prose.Render(t, l.Introduction(lang), width))
	}
	return strings.Join(parts, "\n\n")
}

func tasksDone(l lessons.Lesson, r progress.Record) int {
	n := 0
	for _, task := range l.Tasks {
		if _, ok := r.Tasks[task.ID]; ok {
			n++
		}
	}
	return n
}

// quotation draws words of others behind a line of their own.
func quotation(ctx ui.Context, text string, width int) string {
	lines := strings.Split(block.Wrap(text, width-2), "\n")
	for i, line := range lines {
		lines[i] = ctx.Theme.Border.Render(ctx.Theme.Lines.Left) + " " + ctx.Theme.Text.Italic(true).Render(line)
	}
	return strings.Join(lines, "\n")
}
