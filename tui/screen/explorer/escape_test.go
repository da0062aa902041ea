package explorer

import (
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"surel/protocols/note"
)

// TestNothingFromTheWireReachesTheTerminal shows every message of a hostile
// conversation, with its fields and bytes, on an emulated terminal, and looks
// at what the terminal has done and at its cells.
func TestNothingFromTheWireReachesTheTerminal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := inBubble(t, options{width: 140, height: 38, lang: note.ID})
		h.replay("hostile")
		term := vt.NewEmulator(140, 38)
		defer func() { _ = term.Close() }()
		title := ""
		term.SetCallbacks(vt.Callbacks{Title: func(s string) { title = s }})
		for range h.m.reader.Entries() {
			h.press("enter")
			for range 40 { // open everything
				h.look(term)
				h.press("right", "down")
			}
			h.press("tab", "G")
			h.look(term)
			h.press("tab", "down", "right")
		}
		h.press("/")
		h.m.Update(tea.PasteMsg{Content: "\x1b]0;PWNED\x07\u202e"})
		h.look(term)
		if title != "" {
			t.Errorf("the terminal's title is now %q", title)
		}
	})
}

// look draws the screen on the terminal and compares the cells with what was
// meant.
func (h *hand) look(term *vt.Emulator) {
	h.t.Helper()
	view := h.m.View()
	if _, err := term.Write([]byte("\x1b[H" + strings.ReplaceAll(view, "\n", "\r\n"))); err != nil {
		h.t.Fatal(err)
	}
	for y, want := range strings.Split(ansi.Strip(view), "\n") {
		var got strings.Builder
		for x := 0; x < 140; x++ {
			if c := term.CellAt(x, y); c != nil {
				got.WriteString(c.Content)
			}
		}
		if strings.TrimRight(got.String(), " ") != strings.TrimRight(want, " ") {
			h.t.Fatalf("line %d of the terminal is\n%q, meant was\n%q", y, got.String(), want)
		}
		if i := strings.IndexFunc(want, forbidden); i >= 0 {
			h.t.Fatalf("line %d holds %q", y, want[i:])
		}
	}
}

// forbidden tells whether a terminal would obey the character.
func forbidden(r rune) bool {
	return r < ' ' || r >= 0x7f && r <= 0x9f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}
