package lessons_test

import (
	"testing"

	"surel/lessons"
)

// TestTasks holds for every task that it begins undone, that no wrong way does it,
// and that the intended way does.
func TestTasks(t *testing.T) {
	t.Parallel()
	for _, l := range lessons.Lessons() {
		for _, task := range l.Tasks {
			t.Run(task.ID, func(t *testing.T) {
				t.Parallel()
				lab := startLab(t)
				if err := task.Prove(t.Context(), lab); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// What a question runs for real shows what the question says.
func TestQuestionsAreTrue(t *testing.T) {
	t.Parallel()
	for _, l := range lessons.Lessons() {
		for _, q := range l.Quiz {
			if q.Kind != lessons.FindByte && q.Kind != lessons.Answering {
				continue
			}
			t.Run(q.ID, func(t *testing.T) {
				t.Parallel()
				if err := q.Prove(t.Context(), startLab(t)); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// Every lesson has what a lesson needs.
func TestLessonsAreWhole(t *testing.T) {
	t.Parallel()
	for _, l := range lessons.Lessons() {
		if len(l.Tasks) < 5 || len(l.Quiz) < 6 || len(l.Scenarios) < 1 || len(l.Sections) < 1 || len(l.Read) < 1 {
			t.Errorf("%s has %d tasks, %d questions, %d scenarios, %d sections and %d sources to read on; want 5, 6, 1, 1 and 1",
				l.ID, len(l.Tasks), len(l.Quiz), len(l.Scenarios), len(l.Sections), len(l.Read))
		}
		kinds := map[lessons.QuestionKind]bool{}
		for _, q := range l.Quiz {
			kinds[q.Kind] = true
		}
		if len(kinds) < 5 {
			t.Errorf("%s: the quiz has %d kinds of questions; want three at least", l.ID, len(kinds))
		}
		for _, task := range l.Tasks {
			if len(task.Wrong) == 0 {
				t.Errorf("%s names no wrong way", task.ID)
			}
		}
	}
}
