package shown_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"surel/cmd/shown"
	"surel/lessons"
	"surel/lessons/progress"
	"surel/protocols/note"
	"surel/server"
	"surel/tui"
	"surel/tui/text"
	"surel/tui/ui"
)

// patience is how long a screen may take to show something.
const patience = 30 * time.Second

// drive runs the program on a lab of its own without a terminal: it carries out
// commands, gives back what they bring, and looks at what the screen shows.
type drive struct {
	t    *testing.T
	m    tea.Model
	msgs chan tea.Msg
	ctx  context.Context //nolint:containedctx // of the commands

	width, height int
}

// startLab starts a lab, which ends with the test.
func startLab(t *testing.T) shown.Lab {
	t.Helper()
	lab, err := server.Start(t.Context(), server.Config{NoFsync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = lab.Close() })
	return shown.Lab{Lab: lab}
}

// newDrive runs the program on a lab of its own where the options name none.
func newDrive(t *testing.T, o tui.Options, width, height int) *drive {
	t.Helper()
	if o.Lab == nil {
		o.Lab = startLab(t)
	}
	ctx, cancel := context.WithCancel(t.Context())
	d := &drive{t: t, m: tui.New(o), msgs: make(chan tea.Msg), ctx: ctx, width: width, height: height}
	t.Cleanup(func() {
		d.m.Update(ui.Press("ctrl+c"))
		cancel()
	})
	d.run(d.m.Init())
	d.take(tea.WindowSizeMsg{Width: width, Height: height})
	return d
}

// openTask opens a task, alone in its lesson, in English at 140x40; what is done of it
// goes into the progress.
func openTask(t *testing.T, id string) (*drive, ui.Progress) {
	t.Helper()
	course, _, _ := strings.Cut(id, "/")
	l, _ := lessons.FindLesson(course)
	i := slices.IndexFunc(l.Tasks, func(task lessons.Task) bool { return task.ID == id })
	if i < 0 {
		t.Fatalf("the task %s is missing", id)
	}
	l.Tasks, l.Sections, l.Scenarios = l.Tasks[i:i+1], nil, nil
	done := progress.InMemory()
	d := newDrive(t, tui.Options{Lang: note.EN, Lessons: []lessons.Lesson{l}, Progress: done}, 140, 40)
	d.press("down", "enter")
	return d, done
}

// run carries out a command beside everything else.
func (d *drive) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		msg := cmd()
		select {
		case d.msgs <- msg:
		case <-d.ctx.Done():
		}
	}()
}

func (d *drive) take(msg tea.Msg) {
	if batch, ok := msg.(tea.BatchMsg); ok {
		for _, cmd := range batch {
			d.run(cmd)
		}
		return
	}
	var cmd tea.Cmd
	d.m, cmd = d.m.Update(msg)
	d.run(cmd)
}

// press presses keys, one after another.
func (d *drive) press(keys ...string) {
	for _, k := range keys {
		d.take(ui.Press(k))
	}
}

// drain takes what comes within some milliseconds.
func (d *drive) drain(ms int) {
	moment := time.NewTimer(time.Duration(ms) * time.Millisecond)
	defer moment.Stop()
	for {
		select {
		case msg := <-d.msgs:
			d.take(msg)
		case <-moment.C:
			return
		}
	}
}

// view is what the screen shows.
func (d *drive) view() string {
	view := d.m.View()
	return ansi.Strip(view.Content)
}

// fits tells where the screen does not fill the terminal, or more than it.
func (d *drive) fits() {
	d.t.Helper()
	lines := strings.Split(d.view(), "\n")
	if len(lines) != d.height {
		d.t.Errorf("the screen has %d lines; want %d", len(lines), d.height)
	}
	for _, line := range lines {
		if w := ansi.StringWidth(line); w != d.width {
			d.t.Errorf("a line is %d cells wide; want %d: %q", w, d.width, line)
		}
	}
}

// atRest tells that no action takes long, so that esc cancels none.
func atRest(view string) bool {
	for _, lang := range note.Langs {
		waiting, _, _ := strings.Cut(text.For(lang).Get("explorer.waiting", ""), "  ")
		if strings.Contains(view, waiting) {
			return false
		}
	}
	return true
}

// sees waits until a text is to be seen.
func (d *drive) sees(words string) {
	d.t.Helper()
	d.until(words, func(view string) bool { return strings.Contains(view, words) })
}

// until waits for what is to be seen.
func (d *drive) until(what string, seen func(view string) bool) {
	d.t.Helper()
	late := time.NewTimer(patience)
	defer late.Stop()
	for !seen(d.view()) {
		select {
		case msg := <-d.msgs:
			d.take(msg)
		case <-late.C:
			d.t.Fatalf("%s did not come on this screen:\n%s", what, d.view())
		}
	}
	d.fits()
}
