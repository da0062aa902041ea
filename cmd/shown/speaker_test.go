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

// TestTwoDevicesByHand does a task with two clients by typing for one and then for the
// other.
func TestTwoDevicesByHand(t *testing.T) {
	t.Parallel()
	l, ok := lessons.FindLesson("imap")
	if !ok {
		t.Fatal("the lesson imap is missing")
	}
	task := taskOf(t, l, "imap/two-devices")
	l.Tasks, l.Sections, l.Scenarios = []lessons.Task{task}, nil, nil
	done := progress.InMemory()
	d := newDrive(t, tui.Options{Lang: note.EN, Lessons: []lessons.Lesson{l}, Progress: done}, 140, 40)
	d.press("down", "enter")
	as := func(client string) func(string) bool {
		return regexp.MustCompile(`(?m)^ *` + client + ` › a[0-9]+ *$`).MatchString
	}
	says := func(client string, lines ...string) {
		for _, line := range lines {
			d.until("the prompt of "+client, as(client))
			d.press(line, "enter")
		}
	}
	says("hp", "LOGIN guru@sekolah.test rahasia2", "SELECT INBOX", "IDLE")
	d.until("IDLE", func(view string) bool { return strings.Contains(view, "+ idling") })
	d.press("ctrl+t")
	says("laptop", "LOGIN guru@sekolah.test rahasia2", "SELECT INBOX", `STORE 2 +FLAGS (\Flagged)`)
	d.until("the end", func(string) bool { return !done.Record().Tasks[task.ID].Done.IsZero() })
	d.press("ctrl+t", "DONE", "enter")
	d.until("the end of IDLE", func(view string) bool { return strings.Contains(view, "a3 OK") })
}

// Tags go on inside TLS, where the server greets nobody, and none is used twice.
func TestTagsGoOnInsideTLS(t *testing.T) {
	t.Parallel()
	l, ok := lessons.FindLesson("tls")
	if !ok {
		t.Fatal("the lesson tls is missing")
	}
	l.Tasks, l.Sections, l.Scenarios = []lessons.Task{taskOf(t, l, "tls/login-after")}, nil, nil
	done := progress.InMemory()
	d := newDrive(t, tui.Options{Lang: note.EN, Lessons: []lessons.Lesson{l}, Progress: done}, 140, 40)
	d.press("down", "enter")
	for tag, line := range []string{"NOOP", "STARTTLS", "LOGIN siswa@kampus.test rahasia"} {
		d.until("the next tag", regexp.MustCompile(fmt.Sprintf(`(?m)^ *› a%d *$`, tag+1)).MatchString)
		d.press(line, "enter")
	}
	d.until("the end", func(string) bool { return len(done.Record().Tasks) == 1 })
}

func taskOf(t *testing.T, l lessons.Lesson, id string) lessons.Task {
	t.Helper()
	for _, task := range l.Tasks {
		if task.ID == id {
			return task
		}
	}
	t.Fatalf("the task %s is missing", id)
	return lessons.Task{}
}
