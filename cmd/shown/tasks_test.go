package shown_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"surel/lessons"
	"surel/lessons/progress"
	"surel/protocols/note"
	"surel/tui"
)

// maxSteps is how many steps the way of a task has at most.
const maxSteps = 300

// TestEveryTaskOnScreen does every task of every lesson on the screen: first its wrong
// way is typed, which must not do it, and then its way is played, which must.
func TestEveryTaskOnScreen(t *testing.T) {
	t.Parallel()
	for _, l := range lessons.Lessons() {
		for i, task := range l.Tasks {
			t.Run(task.ID, func(t *testing.T) {
				t.Parallel()
				lab := startLab(t)
				for _, lang := range note.Langs {
					for _, size := range [][2]int{{80, 24}, {140, 40}} {
						t.Run(fmt.Sprintf("%s-%d", lang, size[0]), func(t *testing.T) { //nolint:paralleltest // they share a lab
							done := progress.InMemory()
							o := tui.Options{Lab: lab, Lang: lang, Lessons: []lessons.Lesson{l}, Progress: done}
							d := newDrive(t, o, size[0], size[1])
							for range 1 + len(l.Sections) + len(l.Scenarios) + i {
								d.press("down")
							}
							d.press("enter")
							doTask(d, task, done)
						})
					}
				}
			})
		}
	}
}

// doTask does a task the wrong way and then in its way.
func doTask(d *drive, task lessons.Task, done *progress.Store) {
	d.t.Helper()
	d.until("the prompt", promptOf(task))
	typeWrong(d, task)
	if r := done.Record(); len(r.Tasks) > 0 {
		d.t.Fatalf("the wrong way does the task:\n%s", d.view())
	}
	d.until("rest", atRest)
	d.press("esc", "S")
	playWay(d, task, done)
	if got := done.Record().Tasks[task.ID]; got.Done.IsZero() || !got.Shown {
		d.t.Errorf("the task is kept as %+v", got)
	}
}

// tagged is a line of IMAP with a tag, which takes the place of the prompt's own.
var tagged = regexp.MustCompile(`^[A-Za-z]+[0-9]+ `)

// typeWrong types the lines that must not do the task, each after the answer to the one
// before.
func typeWrong(d *drive, task lessons.Task) {
	d.t.Helper()
	for i, line := range task.Wrong {
		before := d.view()
		d.press(line, "enter")
		ready := emptyPrompt.MatchString
		if i+1 < len(task.Wrong) && tagged.MatchString(task.Wrong[i+1]) {
			ready = taggedPrompt.MatchString
		}
		d.until("an answer to "+line, func(view string) bool { return view != before && ready(view) })
	}
}

// emptyPrompt is a line on which nothing is typed but the next command's tag at most,
// and taggedPrompt one on which the tag stands.
var (
	emptyPrompt  = regexp.MustCompile(`(?m)^ *\w* ?›( a[0-9]+)? *$`)
	taggedPrompt = regexp.MustCompile(`(?m)^ *\w* ?› a[0-9]+ *$`)
)

// promptOf tells when a command can be typed for the task.
func promptOf(task lessons.Task) func(view string) bool {
	if task.Way.Clients[0].Protocol == "imap" {
		return taggedPrompt.MatchString
	}
	return emptyPrompt.MatchString
}

// playWay plays the way that is shown, step by step, until the task is done.
func playWay(d *drive, task lessons.Task, done *progress.Store) {
	d.t.Helper()
	isDone := func() bool { return !done.Record().Tasks[task.ID].Done.IsZero() }
	d.until("the way", func(view string) bool {
		return strings.Contains(view, "›") && !emptyPrompt.MatchString(view)
	})
	for range maxSteps {
		if isDone() {
			return
		}
		before := d.view()
		d.press("right")
		d.until("the next step", func(view string) bool { return isDone() || view != before })
	}
	d.t.Fatalf("the way does not do the task:\n%s", d.view())
}
