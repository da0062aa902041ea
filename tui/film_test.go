package tui

import (
	"context"
	"strings"
	"testing"
	"time"

	"surel/protocols/note"
	"surel/tui/picture"
)

// The whole program on a terminal: what arrives there is what View says.
func TestOnATerminal(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	film := New(Options{Lab: newStill(), Lang: note.ID})
	screen, err := picture.Film(
		ctx, film, 80, 24,
		picture.Step{Until: "mengirim surat"}, picture.Step{Key: "x", Until: "7 langkah"},
		picture.Step{Key: "L", Until: "7 steps"}, picture.Step{Key: "down", Until: "↑↓ choose"}, picture.Step{Key: "P"},
	)
	if err != nil {
		t.Fatal(err)
	}
	m := start(Options{}, 80, 24)
	press(t, m, "x", "L", "down", "P")
	want := strings.Split(shown(m), "\n")
	for i, line := range strings.Split(screen.Text(), "\n") {
		if line != strings.TrimRight(want[i], " ") {
			t.Errorf("line %d on the terminal is %q; want %q", i, line, want[i])
		}
	}
}
