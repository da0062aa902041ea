package shown_test

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"surel/cmd/shown"
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

func newDrive(t *testing.T, o tui.Options, width, height int) *drive {
	t.Helper()
	lab, err := server.Start(t.Context(), server.Config{NoFsync: true})
	if err != nil {
		t.Fatal(err)
	}
	o.Lab = shown.Lab{Lab: lab}
	ctx, cancel := context.WithCancel(t.Context())
	d := &drive{t: t, m: tui.New(o), msgs: make(chan tea.Msg), ctx: ctx, width: width, height: height}
	t.Cleanup(func() {
		d.m.Update(ui.Press("ctrl+c"))
		cancel()
		_ = lab.Close()
	})
	d.run(d.m.Init())
	d.take(tea.WindowSizeMsg{Width: width, Height: height})
	return d
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

// view is what the screen shows, which must fill the terminal and no more.
func (d *drive) view() string {
	d.t.Helper()
	view := d.m.View()
	drawn := ansi.Strip(view.Content)
	lines := strings.Split(drawn, "\n")
	if len(lines) != d.height {
		d.t.Errorf("the screen has %d lines; want %d", len(lines), d.height)
	}
	for _, line := range lines {
		if w := ansi.StringWidth(line); w != d.width {
			d.t.Errorf("a line is %d cells wide; want %d: %q", w, d.width, line)
		}
	}
	return drawn
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
}
