package lessons_test

import (
	"testing"
	"time"

	"surel/lessons"
	"surel/server"
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
				tryWrong(t, lab, task)
				a := begin(t, lab, task)
				result, err := lessons.Run(t.Context(), lab, a.Task.Way)
				if err != nil || result.Mismatch != nil {
					t.Fatal(err, result.Mismatch)
				}
				until := time.After(10 * time.Second)
				f := lab.Log().Follow()
				defer f.Stop()
				for findings := look(t, a); !lessons.Done(findings); findings = look(t, a) {
					select {
					case <-f.C:
					case <-until:
						t.Fatalf("the intended way does not do it: %+v", findings)
					}
				}
			})
		}
	}
}

// tryWrong types the lines that must not do the task.
func tryWrong(t *testing.T, lab *server.Lab, task lessons.Task) {
	t.Helper()
	a := begin(t, lab, task)
	if lessons.Done(look(t, a)) {
		t.Fatal("the task is done before anything was")
	}
	r := lessons.NewRunner(lab, a.Task.Way)
	defer r.Close()
	for _, line := range task.Wrong {
		if err := r.Type(t.Context(), []byte(line+"\r\n")); err != nil {
			break // the server may hang up
		}
	}
	if findings := look(t, a); lessons.Done(findings) {
		t.Fatalf("the wrong way does it: %+v", findings)
	}
}

func begin(t *testing.T, lab *server.Lab, task lessons.Task) *lessons.Attempt {
	t.Helper()
	a, err := task.Begin(t.Context(), lab)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func look(t *testing.T, a *lessons.Attempt) []lessons.Finding {
	t.Helper()
	findings, err := a.Look()
	if err != nil {
		t.Fatal(err)
	}
	return findings
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
		if len(kinds) < 3 {
			t.Errorf("%s: the quiz has %d kinds of questions; want 3", l.ID, len(kinds))
		}
		for _, task := range l.Tasks {
			if len(task.Wrong) == 0 {
				t.Errorf("%s names no wrong way", task.ID)
			}
		}
	}
}
