package shown_test

import (
	"fmt"
	"strings"
	"testing"

	"surel/lessons"
	"surel/protocols/note"
	"surel/tui/picture"
)

// TestCardsOnScreen opens every card and plays its experiment: the screen goes to
// the message that proves it, and to the field.
func TestCardsOnScreen(t *testing.T) {
	t.Parallel()
	for lang, w := range map[note.Lang]struct{ at, fields string }{
		note.ID: {"Kartu %d dari %d", "● Isi ━"},
		note.EN: {"Card %d of %d", "● Fields ━"},
	} {
		for i, c := range lessons.Cards() {
			t.Run(c.ID+"-"+string(lang), func(t *testing.T) {
				t.Parallel()
				steps := []picture.Step{{Until: "SMTP"}, {Key: "9", Until: fmt.Sprintf(w.at, 1, len(lessons.Cards()))}}
				for n := range i {
					steps = append(steps, picture.Step{Key: "right", Until: fmt.Sprintf(w.at, n+2, len(lessons.Cards()))})
				}
				steps = append(steps, picture.Step{Key: "enter", Until: w.fields})
				got := film(t, lang, 140, 40, steps...)
				// A long title goes over two lines.
				title := strings.Join(strings.Fields(c.Title.In(lang))[:2], " ")
				for _, want := range []string{title, c.Evidence.Field} {
					if !strings.Contains(got, want) {
						t.Errorf("the screen lacks %q:\n%s", want, got)
					}
				}
			})
		}
	}
}
