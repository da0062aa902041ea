package tui

import (
	"context"
	"time"

	"surel/lessons"
	"surel/lessons/progress"
	screen "surel/tui/screen/course"
	"surel/tui/screen/explorer"
	"surel/tui/screen/lesson"
	"surel/tui/screen/quiz"
	"surel/tui/ui"
)

// course makes the screens of the lessons; what is done in them goes into the
// progress.
type course struct {
	lab     ui.Lab
	lessons []lessons.Lesson
	done    ui.Progress
	// noSkip and noPraise are a teacher's wishes for all lessons.
	noSkip, noPraise bool
	// recorded tells that the lab is a recording, in which nothing can be played.
	recorded bool
	// turn is taken by the question that is run for real: two at once would take each
	// other's messages for theirs.
	turn chan struct{}
}

// list makes the list of the lessons.
func (c course) list() ui.Screen { return screen.New(c.lessons, c.done, c.open) }

// counted counts the tasks that are done, and all.
func (c course) counted() (done, all int) {
	for _, l := range c.done.Record().Summarise(c.lessons) {
		done, all = done+l.Done, all+l.Tasks
	}
	return done, all
}

// find finds a lesson by its ID.
func (c course) find(id string) (lessons.Lesson, bool) {
	for _, l := range c.lessons {
		if l.ID == id {
			return l, true
		}
	}
	return lessons.Lesson{}, false
}

// open makes the screen of a lesson.
func (c course) open(l lessons.Lesson) ui.Screen {
	return lesson.New(l, c.done, lesson.Opens{
		Scenario: func(s lessons.Scenario) ui.Screen { return explorer.New(c.lab, s).Beside(l.Introduction) },
		Card:     c.prove,
		Task:     func(t lessons.Task, hints int) ui.Screen { return c.task(t, hints, l.NoSkip) },
		Quiz:     func(l lessons.Lesson) ui.Screen { return quiz.New(l, c.done, c.enact, nil) },
	})
}

// prove makes the screen with the experiment of a card.
func (c course) prove(card lessons.Card) ui.Screen {
	s, _ := lessons.Find(card.Scenario) // a test finds it for every card
	return explorer.Prove(c.lab, s, card)
}

// task makes the screen of a task, with some of its hints.
func (c course) task(t lessons.Task, hints int, noSkip bool) ui.Screen {
	return explorer.Try(c.lab, t, explorer.Trial{
		NoWay: noSkip || c.noSkip, NoPraise: c.noPraise, Hints: hints,
		Keep: func(shown bool) error { return keepTask(c.done, t.ID, shown) },
	})
}

// enact runs a question for real.
func (c course) enact(ctx context.Context, q *lessons.QuizItem) (lessons.Enacted, error) {
	select {
	case c.turn <- struct{}{}:
	case <-ctx.Done():
		return lessons.Enacted{}, ctx.Err()
	}
	defer func() { <-c.turn }()
	return q.Enact(ctx, c.lab)
}

// keepTask keeps that a task is done, and whether its way was shown before.
func keepTask(done ui.Progress, id string, shown bool) error {
	return done.Update(func(r *progress.Record) {
		r.Do(id, progress.Task{Done: time.Now().UTC(), Shown: shown})
	})
}
