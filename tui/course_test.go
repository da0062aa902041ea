package tui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"surel/lessons"
	"surel/lessons/progress"
	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/note"
	"surel/tui/screen/lesson"
	"surel/tui/screen/quiz"
	"surel/tui/ui"
	"surel/tui/widget/prose"
)

// fits holds a screen to its size, and to have all its words.
func fits(t *testing.T, m *Model, width, height int, where string) {
	t.Helper()
	got := shown(m)
	lines := strings.Split(got, "\n")
	if len(lines) != height {
		t.Fatalf("%s: %d lines; want %d", where, len(lines), height)
	}
	for i, line := range lines {
		if w := ansi.StringWidth(line); w != width {
			t.Fatalf("%s: line %d is %d cells wide; want %d: %q", where, i, w, width, line)
		}
	}
	if strings.Contains(got, "⟨") || strings.Contains(got, "%!") {
		t.Fatalf("%s: a label is missing or misused:\n%s", where, got)
	}
}

// Every step of every lesson is read to its end, with all hints, in both languages
// and at both sizes.
func TestEveryStepOfEveryLesson(t *testing.T) {
	t.Parallel()
	for _, lang := range note.Langs {
		for _, size := range [][2]int{{80, 24}, {140, 40}} {
			for n, l := range lessons.Lessons() {
				t.Run(fmt.Sprintf("%s-%dx%d-%s", l.ID, size[0], size[1], lang), func(t *testing.T) {
					t.Parallel()
					m := start(Options{Lang: lang}, size[0], size[1])
					press(t, m, "2", strconv.Itoa(n+1))
					if _, ok := m.top().(*lesson.Model); !ok {
						t.Fatalf("the lesson is a %T", m.top())
					}
					steps := 3 + len(l.Sections) + len(l.Scenarios) + len(l.Tasks) + len(l.Cards)
					var seen strings.Builder
					for i := range steps {
						press(t, m, "H", "H", "H", "H", "space", "space")
						fits(t, m, size[0], size[1], fmt.Sprintf("step %d", i))
						seen.WriteString(m.top().(ui.Text).Reading())
						press(t, m, "down")
					}
					for _, want := range words(l, lang) {
						if !strings.Contains(squeezed(seen.String()), squeezed(want)) {
							t.Errorf("no step says %q", want)
						}
					}
					m.close()
				})
			}
		}
	}
}

// words are what the steps of a lesson must say.
func words(l lessons.Lesson, lang note.Lang) []string {
	all := []string{l.Goal.In(lang), l.Learned.In(lang)}
	for _, p := range l.Intro {
		all = append(all, prose.Plain(p.In(lang)))
	}
	for _, task := range l.Tasks {
		all = append(all, task.Way.Title.In(lang), task.Way.Intro.In(lang))
		for _, h := range task.Hints {
			all = append(all, h.In(lang))
		}
	}
	return all
}

// squeezed is a text without styles, spaces and marks of the wire's terms.
func squeezed(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(ansi.Strip(s), "`", "")), "")
}

// Every quiz is answered wrongly and rightly to its end; what was right is kept.
func TestEveryQuiz(t *testing.T) {
	t.Parallel()
	for _, l := range lessons.Lessons() {
		for _, lang := range note.Langs {
			for _, size := range [][2]int{{80, 24}, {140, 40}} {
				t.Run(fmt.Sprintf("%s-%dx%d-%s", l.ID, size[0], size[1], lang), func(t *testing.T) {
					t.Parallel()
					done := progress.InMemory()
					takeQuiz(t, l, done, lang, size, false)
					for _, q := range l.Quiz {
						if a := done.Record().Answers[q.ID]; a.Tries != 1 || !a.Right.IsZero() {
							t.Errorf("%s answered wrongly is kept as %+v", q.ID, a)
						}
					}
					takeQuiz(t, l, done, lang, size, true)
					for _, q := range l.Quiz {
						if a := done.Record().Answers[q.ID]; a.Tries != 2 || a.Right.IsZero() {
							t.Errorf("%s answered rightly is kept as %+v", q.ID, a)
						}
					}
				})
			}
		}
	}
}

// takeQuiz answers all questions of a lesson. The options stand in the order of the
// file.
func takeQuiz(t *testing.T, l lessons.Lesson, done ui.Progress, lang note.Lang, size [2]int, right bool) {
	t.Helper()
	m := start(Options{Lang: lang, Progress: done}, size[0], size[1])
	if _, cmd := m.Update(ui.Push{Screen: quiz.New(l, done, shownByte, func(int, func(i, j int)) {})}); cmd != nil {
		m.Update(cmd())
	}
	for _, q := range l.Quiz {
		fits(t, m, size[0], size[1], q.ID)
		if !strings.Contains(squeezed(shown(m)), squeezed(q.Ask.In(lang))) {
			t.Fatalf("%s is not asked:\n%s", q.ID, shown(m))
		}
		if q.Kind == lessons.FindByte && right {
			press(t, m, "right", "right")
		}
		for _, n := range numbers(q, right) {
			press(t, m, strconv.Itoa(n))
		}
		answer(m)
		want := m.ctx.Text.Get("quiz.wrong")
		if right {
			want = m.ctx.Text.Get("quiz.right")
		}
		if s := shown(m); !strings.Contains(s, want) {
			t.Fatalf("%s answered %v: %q does not stand there:\n%s", q.ID, right, want, s)
		}
		if place := m.ctx.Text.Get("quiz.place", 2); q.Kind == lessons.Ordering && size[1] == 40 && strings.Contains(squeezed(shown(m)), squeezed(place)) == right {
			t.Errorf("%s answered %v: does %q stand there?\n%s", q.ID, right, place, shown(m))
		}
		fits(t, m, size[0], size[1], q.ID+" answered")
		press(t, m, "down", "enter")
	}
	want := m.ctx.Text.Get("quiz.score", 0, len(l.Quiz))
	if right {
		want = m.ctx.Text.Get("quiz.score", len(l.Quiz), len(l.Quiz))
	}
	if !strings.Contains(squeezed(shown(m)), squeezed(want)) {
		t.Errorf("the end does not say %q:\n%s", want, shown(m))
	}
	if !right {
		for _, q := range l.Quiz {
			if !strings.Contains(squeezed(shown(m)), squeezed(q.Ask.In(lang))) && size[1] == 40 {
				t.Errorf("the end does not name what was missed: %s", q.ID)
			}
		}
		press(t, m, "R")
		if s := squeezed(shown(m)); !strings.Contains(s, squeezed(l.Quiz[0].Ask.In(lang))) {
			t.Errorf("what was missed is not asked again:\n%s", shown(m))
		}
		m.close()
		return
	}
	press(t, m, "enter")
	if len(m.stack) != 1 {
		t.Errorf("the end leaves %d screens", len(m.stack))
	}
}

// An option is chosen with the mouse, also below an option of several lines.
func TestQuizByMouse(t *testing.T) {
	t.Parallel()
	l := lessons.Lessons()[0]
	m := start(Options{Lang: note.EN}, 80, 24)
	m.Update(ui.Push{Screen: quiz.New(l, progress.InMemory(), shownByte, func(int, func(i, j int)) {})})
	for i := range l.Quiz[0].Options {
		lines := strings.Split(shown(m), "\n")
		row := slices.IndexFunc(lines, func(line string) bool { return strings.Contains(line, fmt.Sprintf(" %d [ ] ", i+1)) })
		m.Update(tea.MouseClickMsg{X: 10, Y: row, Button: tea.MouseLeft})
		if got := strings.Split(shown(m), "\n")[row]; !strings.Contains(got, fmt.Sprintf("[%d]", i+1)) {
			t.Errorf("a click on option %d gives %q", i+1, got)
		}
	}
	m.Update(tea.MouseClickMsg{X: 10, Y: 20, Button: tea.MouseLeft})
	m.close()
}

// answer presses enter, and carries out both what is kept and what is run.
func answer(m *Model) {
	_, cmd := m.Update(ui.Press("enter"))
	msgs := []tea.Msg{cmd()}
	if batch, ok := msgs[0].(tea.BatchMsg); ok {
		msgs = nil
		for _, cmd := range batch {
			msgs = append(msgs, cmd())
		}
	}
	for _, msg := range msgs {
		m.Update(msg)
	}
}

// shownByte is what came of a question that was run: a field in the third byte and
// the fourth, or an answer.
func shownByte(_ context.Context, q *lessons.QuizItem) (lessons.Enacted, error) {
	return lessons.Enacted{
		Message: &message.Message{Raw: []byte("250 OK\r\n")}, Span: field.Bytes(2, 4), Answer: strings.ReplaceAll(q.Answer, "*", "x"),
	}, nil
}

// numbers gives the keys that answer a question rightly, or else wrongly.
func numbers(q lessons.QuizItem, right bool) []int {
	var keys []int
	if q.Kind == lessons.FindByte {
		return nil
	}
	at := func(option string) int {
		for i, o := range q.Options {
			if o.Key == option {
				return i + 1
			}
		}
		return 0
	}
	for _, option := range q.Right {
		keys = append(keys, at(option))
	}
	switch {
	case right:
		return keys
	case q.Kind == lessons.Ordering:
		keys[0], keys[1] = keys[1], keys[0]
		return keys
	}
	for i, o := range q.Options {
		if !strings.Contains(strings.Join(q.Right, " "), o.Key) {
			return []int{i + 1}
		}
	}
	return keys[1:] // all are right: leave one out
}

// The lesson begins where one left off.
func TestLessonResumes(t *testing.T) {
	t.Parallel()
	l := lessons.Lessons()[0]
	done := progress.InMemory()
	if err := keepTask(done, l.Tasks[0].ID, true); err != nil {
		t.Fatal(err)
	}
	m := start(Options{Progress: done}, 140, 40)
	press(t, m, "2", "1")
	if row := shown(m); !strings.Contains(row, "▸  "+m.ctx.Text.Get("lesson.task")+strings.Repeat(" ", 4)+"  "+l.Tasks[1].Way.Title.ID) {
		t.Errorf("the second task is not chosen:\n%s", row)
	}
	if !done.Record().Tasks[l.Tasks[0].ID].Shown {
		t.Error("that the way was shown is not kept")
	}
	if err := keepTask(done, l.Tasks[0].ID, false); err != nil {
		t.Fatal(err)
	}
	if done.Record().Tasks[l.Tasks[0].ID].Shown {
		t.Error("a task that was then done without help still counts as shown")
	}
	m.close()
}

// The program opens where one left off, with the way back to the list and home.
func TestProgramResumes(t *testing.T) {
	t.Parallel()
	done := progress.InMemory()
	m := start(Options{Progress: done}, 80, 24)
	if len(m.stack) != 1 {
		t.Errorf("without progress the program opens %d screens", len(m.stack))
	}
	press(t, m, "2")
	_, cmd := m.Update(ui.Press("3"))
	m.Update(cmd())
	m.Update(m.top().Init()())
	if got, want := done.Record().Lesson, lessons.Lessons()[2].ID; got != want {
		t.Fatalf("the lesson %q is kept; want %q", got, want)
	}
	again := start(Options{Progress: done}, 80, 24)
	if l, ok := again.top().(*lesson.Model); !ok || l.Title() != lessons.Lessons()[2].Title.ID {
		t.Errorf("the program opens at %T", again.top())
	}
	press(t, again, "esc", "esc")
	if len(again.stack) != 1 {
		t.Errorf("two steps back leave %d screens", len(again.stack))
	}
	m.close()
}

// What cannot be kept is said.
func TestUnkeptProgressIsSaid(t *testing.T) {
	t.Parallel()
	l := lessons.Lessons()[0]
	m := start(Options{}, 80, 24)
	m.Update(ui.Push{Screen: quiz.New(l, full{}, nil, func(int, func(i, j int)) {})})
	for _, n := range numbers(l.Quiz[0], true) {
		press(t, m, strconv.Itoa(n))
	}
	_, cmd := m.Update(ui.Press("enter"))
	msg := cmd()
	if notice, ok := msg.(ui.Notice); !ok || !notice.Bad || !strings.Contains(notice.Text, "penuh") {
		t.Errorf("the screen says %+v", msg)
	}
}

// full is a disk on which nothing can be kept.
type full struct{}

func (full) Record() progress.Record             { return progress.Record{} }
func (full) Update(func(*progress.Record)) error { return errFull }

var errFull = errors.New("penuh")
