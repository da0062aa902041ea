package shown_test

import (
	"fmt"
	"slices"
	"testing"

	"surel/protocols/note"
	"surel/tui/picture"
)

// TestTaskOnScreen does the first task of the first lesson by typing: first in a wrong
// way, then rightly, and comes back to the lesson, which has ticked it.
func TestTaskOnScreen(t *testing.T) {
	t.Parallel()
	type words struct{ list, task, open, begun, refused, done, ticked string }
	for lang, w := range map[note.Lang]words{
		note.ID: {"0/6 tugas", "Sumber ", "Amplop dulu", "0 dari 1 surat baru", "502", "Selesai: Kirim", "Sudah selesai"},
		note.EN: {"0/6 tasks", "Source ", "First the envelope", "new letters: 0 of 1", "502", "Done: Send", "Done."},
	} {
		for _, size := range [][2]int{{80, 24}, {140, 40}} {
			t.Run(fmt.Sprintf("%s-%d", lang, size[0]), func(t *testing.T) {
				t.Parallel()
				steps := []picture.Step{
					{Until: "SMTP"},
					{Key: "7", Until: w.list},
					{Key: "enter", Until: w.task},
				}
				for range 7 { // introduction, two sections, four scenarios
					steps = append(steps, picture.Step{Key: "down"})
				}
				steps = append(steps, picture.Step{Key: "H", Until: w.open}, picture.Step{Key: "enter", Until: w.begun})
				typed := [][2]string{
					{"DATA", w.refused},
					{"EHLO laptop.kampus.test", "250-Hello"},
					{"MAIL FROM:<siswa@kampus.test>", "accepting"},
					{"RCPT TO:<guru@sekolah.test>", "make sure"},
					{"DATA", "354"},
					{".", w.done},
				}
				for _, line := range typed {
					steps = slices.Concat(steps, []picture.Step{{Key: line[0]}, {Key: "enter", Until: line[1]}})
				}
				steps = append(steps, picture.Step{Key: "esc"}, picture.Step{Key: "esc", Until: w.ticked})
				film(t, lang, size[0], size[1], steps...)
			})
		}
	}
}
