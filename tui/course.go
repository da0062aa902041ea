package tui

import (
	"time"

	"surel/lessons"
	"surel/lessons/progress"
	"surel/tui/screen/course"
	"surel/tui/screen/explorer"
	"surel/tui/screen/lesson"
	"surel/tui/screen/quiz"
	"surel/tui/ui"
)

// openCourse makes the screen of the lessons; what is done in them goes into the
// progress.
func openCourse(lab ui.Lab, done ui.Progress) ui.Screen {
	opens := lesson.Opens{
		Scenario: func(s lessons.Scenario) ui.Screen { return explorer.New(lab, s) },
		Card: func(c lessons.Card) ui.Screen {
			s, _ := lessons.Find(c.Scenario) // a test finds it for every card
			return explorer.Prove(lab, s, c)
		},
		Task: func(t lessons.Task) ui.Screen {
			return explorer.Try(lab, t, func(shown bool) error { return keepTask(done, t.ID, shown) })
		},
		Quiz: func(l lessons.Lesson) ui.Screen { return quiz.New(l, done, nil) },
	}
	return course.New(lessons.Lessons(), done, func(l lessons.Lesson) ui.Screen {
		return lesson.New(l, done, opens)
	})
}

// keepTask keeps that a task is done, and whether its way was shown before. Who does
// it once more without being shown has done it so.
func keepTask(done ui.Progress, id string, shown bool) error {
	return done.Update(func(r *progress.Record) {
		t, ok := r.Tasks[id]
		if !ok {
			t = progress.Task{Done: time.Now().UTC(), Shown: shown}
		}
		t.Shown = t.Shown && shown
		r.Tasks[id] = t
	})
}
