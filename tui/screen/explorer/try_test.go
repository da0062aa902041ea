package explorer

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/synctest"

	"surel/lessons"
	"surel/protocols/note"
)

// tried opens a task of testdata on a lab.
func tried(t *testing.T, o options, how Trial) *hand {
	t.Helper()
	h := inBubble(t, o)
	raw, err := os.ReadFile("testdata/letter.task")
	if err != nil {
		t.Fatal(err)
	}
	task, err := lessons.ParseTask("letter.task", raw)
	if err != nil {
		t.Fatal(err)
	}
	task.ID, task.Way.ID = "smtp/letter", "smtp/letter"
	h.m.Close()
	h.m = Try(h.lab(), task, how)
	h.m.SetContext(o.context())
	h.m.SetSize(o.width, o.height)
	h.run(h.m.Init())
	t.Cleanup(h.m.Close)
	h.settle()
	return h
}

// says looks for words in the panes that are read.
func (h *hand) says(words ...string) {
	h.t.Helper()
	for _, w := range words {
		if !strings.Contains(h.m.Reading(), w) {
			h.t.Errorf("%q is not in:\n%s", w, h.m.Reading())
		}
	}
}

// The task stands beside the lab where there is room, and with the meanings elsewhere.
func TestTaskBesideTheLab(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 22}, {120, 28}, {170, 38}} {
		for _, lang := range note.Langs {
			name := fmt.Sprintf("task-%dx%d-%s", size[0], size[1], lang)
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					h := tried(t, options{width: size[0], height: size[1], lang: lang}, Trial{Hints: 1})
					h.write("EHLO laptop.kampus.test")
					h.press("enter")
					h.settle()
					h.golden(name)
				})
			})
		}
	}
}

// Every pane of a task can be reached, at all sizes.
func TestTaskFillsEverySize(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := tried(t, options{width: 80, height: 22, lang: note.ID}, Trial{Hints: 3})
		h.press("esc")
		for _, width := range []int{60, 71, 72, 80, 119, 120, 157, 220} {
			for _, height := range []int{14, 18, 20, 38} {
				h.m.SetSize(width, height)
				seen := map[pane]bool{}
				for range paneCount {
					h.press("tab", "down")
					h.fills()
					seen[h.m.focus] = true
				}
				if len(seen) != int(paneCount)-1 {
					t.Errorf("%dx%d: the panes %v have the focus", width, height, seen)
				}
			}
		}
	})
}

// While one types, esc is named as the way to the hints; a hint stays in sight when the
// window was too small for a while.
func TestHintsAreInReach(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := tried(t, options{width: 80, height: 22, lang: note.EN}, Trial{})
		named := false
		for _, b := range h.m.Help().ShortHelp() {
			named = named || b.Help().Key == "esc" && b.Help().Desc == "hints, panes"
		}
		if !named {
			t.Error("esc is not named as the way to the hints")
		}
		h.press("esc", "H", "H", "H")
		before := h.screen()
		h.m.SetSize(50, 12)
		h.press("tab")
		h.m.SetSize(80, 22)
		h.press("shift+tab")
		if after := h.screen(); after != before {
			t.Errorf("the hint was in sight:\n%s\n\nnow:\n%s", before, after)
		}
	})
}

// What is found of the checks is said, and the task ends with the way that may be seen.
func TestTaskIsDone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		kept := 0
		h := tried(t, options{width: 140, height: 38, lang: note.EN}, Trial{Keep: func(bool) error { kept++; return nil }})
		h.says("○ the server accepts the sender", "✓ no password in the clear", "see how it is done")
		h.write("MAIL FROM:<a@b.test>")
		h.press("enter")
		h.settle()
		h.says("the server accepts the sender (the server answered: 503")
		h.write("EHLO x")
		h.press("enter")
		h.settle()
		h.write("MAIL FROM:<a@b.test>")
		h.press("enter")
		h.settle()
		h.says("Done. Go on trying")
		if kept != 1 {
			t.Errorf("it is kept %d times that the task is done", kept)
		}
	})
}

// What must not be said in the clear is found out, and cannot be taken back.
func TestTaskIsSpoilt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := tried(t, options{width: 140, height: 38, lang: note.EN}, Trial{Keep: func(bool) error { return nil }})
		for _, line := range []string{"EHLO x", "AUTH PLAIN AGEAYg==", "MAIL FROM:<a@b.test>"} {
			h.write(line)
			h.press("enter")
			h.settle()
		}
		h.says("○ no password in the clear: it has happened; R begins again", "✓ the server accepts the sender")
		h.press("esc", "R")
		h.settle()
		h.says("✓ no password in the clear", "○ the server accepts the sender")
	})
}
