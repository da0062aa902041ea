package explorer

import (
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"

	"surel/protocols/note"
	"surel/protocols/wire"
	"surel/tui/ui"
)

// Lines that are typed faster than the server answers are all sent, in their order,
// also those that are typed while the connection is being opened.
func TestFastTypingLosesNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := inBubble(t, options{width: 140, height: 40, lang: note.EN})
		_, cmd := h.m.Update(ui.Press("i"))
		h.run(cmd)
		want := []string{"EHLO a.test", "NOOP", "QUIT"}
		for _, line := range want {
			h.m.Update(tea.PasteMsg{Content: line})
			_, cmd = h.m.Update(ui.Press("enter"))
			h.run(cmd)
		}
		h.settle()
		var said []string
		for _, e := range h.m.reader.Entries() {
			if msg := h.m.reader.Message(e); msg.Dir == wire.ClientToServer {
				said = append(said, msg.Summary())
			}
		}
		if diff := cmp.Diff(want, said); diff != "" {
			t.Error(diff)
		}
	})
}
