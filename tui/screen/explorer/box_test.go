package explorer

import (
	"testing"
	"testing/synctest"

	"surel/protocols/note"
)

// lab gives the lab of the test.
func (h *hand) lab() *lab { return h.m.lab.(*lab) }

const guru = "guru@sekolah.test"

func TestBoxShowsWhatBecomesOfTheFiles(t *testing.T) {
	t.Parallel()
	play(t, func(h *hand) {
		h.lab().setFiles("new/1.a")
		h.press("b")
		h.sees("Files of "+guru, "  new/1.a")
		h.lab().setFiles("cur/1.a:2,S", "new/2.a")
		h.settle()
		h.sees("~ cur/1.a:2,S", "+ new/2.a")
		h.press("right") // the next deed: what came of the last one is past
		h.seesNot("+ new/2.a")
		h.sees("new/2.a", "220 mx1.sekolah.test siap")
	})
}

func TestBoxGivesItsPlaceToThePaneInFocus(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := inBubble(t, options{width: 80, height: 22, lang: note.EN})
		h.lab().setFiles("new/1.a")
		h.replay("pipelined")
		h.press("b")
		h.seesNot("Bytes")
		h.press("enter") // to the fields
		h.sees("Fields", "Bytes")
		h.seesNot("new/1.a")
		h.press("tab", "tab")
		h.sees("new/1.a", "● Files of")
		h.press("b")
		h.seesNot("new/1.a")
		h.sees("● Conversation")
	})
}

func TestBoxThatIsClosedIsWatchedNoLonger(t *testing.T) {
	t.Parallel()
	play(t, func(h *hand) {
		h.lab().setFiles()
		h.press("b")
		h.sees("This mailbox is empty")
		h.press("b")
		h.lab().mu.Lock()
		defer h.lab().mu.Unlock()
		if n := len(h.lab().watchers); n != 0 {
			t.Errorf("%d watchers are left", n)
		}
	})
}

func TestBoxThatCannotBeReadSaysSo(t *testing.T) {
	t.Parallel()
	play(t, func(h *hand) {
		h.press("b")
		h.sees("The files of this mailbox", "no such mailbox")
	})
}
