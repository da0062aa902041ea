package explorer

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"surel/protocols/note"
)

func TestScreens(t *testing.T) {
	t.Parallel()
	sizes := []options{
		{width: 60, height: 14},
		{width: 80, height: 22},
		{width: 120, height: 28},
		{width: 140, height: 38},
		{width: 80, height: 22, ascii: true},
		{width: 100, height: 30, presenter: true},
	}
	for _, o := range sizes {
		for _, lang := range note.Langs {
			o := o
			o.lang = lang
			name := fmt.Sprintf("%dx%d-%s", o.width, o.height, o.lang)
			if o.ascii {
				name += "-ascii"
			}
			if o.presenter {
				name += "-presenter"
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					h := inBubble(t, o)
					h.replay("pipelined")
					h.press("right", "right", "right", "right")
					h.golden(name)
				})
			})
		}
	}
}

func TestStates(t *testing.T) {
	t.Parallel()
	o := options{width: 80, height: 22, lang: note.ID}
	for name, do := range map[string]func(h *hand){
		"empty": func(*hand) {},
		"fields": func(h *hand) {
			h.replay("pipelined")
			h.press("G", "up", "up", "up", "enter", "G", "right", "down", "right")
		},
		"bytes": func(h *hand) {
			h.replay("pipelined")
			h.press("right", "right", "right", "shift+tab", "right", "right")
		},
		"mistake": func(h *hand) { h.replay("mistakes"); h.press("right", "right") },
		"secret":  func(h *hand) { h.replay("auth"); h.press("right", "right", "right", "enter", "down") },
		"prompt":  func(h *hand) { h.press("i"); h.write("EHLO x"); h.press("enter"); h.write("rcpt") },
		"hold":    func(h *hand) { h.press("t", "2", "enter", "4") },
		"trouble": func(h *hand) { h.press("i"); h.write("SILENCE"); h.press("enter"); h.pass(time.Second); h.press("esc") },
		"waiting": func(h *hand) { h.press("i"); h.write("SILENCE"); h.press("enter"); h.pass(time.Second) },
		"filter":  func(h *hand) { h.replay("pipelined"); h.press("/"); h.write("rcpt") },
		"box": func(h *hand) {
			h.lab().setFiles("new/1795802448.M1.surel", "cur/1795802449.M2.surel:2,S")
			h.press("b")
			h.replay("one-letter")
			h.lab().setFiles("cur/1795802448.M1.surel:2,", ".Arsip/cur/1795802450.M3.surel:2,F")
			h.settle()
		},
		"letter": func(h *hand) { h.replay("one-letter"); h.press("G", "up", "up", "up") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				h := inBubble(t, o)
				do(h)
				h.golden(name)
			})
		})
	}
}

// TestEverySizeIsFilled looks at the panes in every focus, at sizes from the
// least to a wall.
func TestEverySizeIsFilled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := inBubble(t, options{width: 80, height: 22, lang: note.ID})
		h.replay("hostile")
		for _, width := range []int{60, 71, 72, 80, 99, 119, 120, 141, 220} {
			for _, height := range []int{14, 17, 18, 20, 23, 38, 61} {
				h.m.SetSize(width, height)
				for range paneCount {
					h.press("tab", "down")
					h.fills()
				}
			}
		}
	})
}
