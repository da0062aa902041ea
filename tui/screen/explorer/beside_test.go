package explorer

import (
	"strings"
	"testing"
	"testing/synctest"

	"surel/protocols/note"
)

// The lesson's text stands beside its scenario where there is room, can be hidden, and
// is read to its end.
func TestLessonBesideItsScenario(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := inBubble(t, options{width: 140, height: 22, lang: note.EN})
		h.m.Beside(func(lang note.Lang) string {
			return "Bahasa " + string(lang) + " *miring*.\n\n" + strings.Repeat("`EHLO` again and again. ", 40) + "\n\nThe end."
		})
		h.m.SetSize(140, 22)
		h.replay("one-letter")
		h.press("right")
		h.sees("┌ Lesson ─", "Bahasa en miring.")
		h.fills()
		h.golden("lesson-140x22")
		h.press("shift+tab")
		h.seesNot("The end.")
		for range 5 {
			h.press("pgdown")
		}
		h.sees("The end.")
		h.seesNot("Bahasa en")
		h.fills()
		h.press("o")
		h.seesNot("The end.")
		h.seesNot("┌ Lesson ─")
		h.fills()
		h.press("o")
		h.sees("The end.")
		h.m.SetSize(100, 22)
		h.seesNot("┌ Lesson ─")
		h.fills()
	})
}
