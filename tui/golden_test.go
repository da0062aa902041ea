package tui

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"surel/protocols/note"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The screens as a person sees them, at the sizes that design and README name.
func TestScreens(t *testing.T) {
	t.Parallel()
	screens := map[string][]string{
		"home": nil, "home-source": {"down", "down"}, "scenarios": {"x", "down"}, "source": {"3", "n", "n"}, "help": {"x", "?"},
		"monitor": {"m"}, "cards": {"4", "right"}, "course": {"2", "down"}, "search": {"/", "m", "x", "down"}, "lesson": {"2", "enter"}, "lesson-task": {"2", "1", "G", "up", "up", "up", "up", "up", "H", "H"}, "terms": {"w", "down"}, "terms-here": {"x", "w", "/", "a"},
	}
	sizes := [][2]int{{60, 16}, {80, 24}, {140, 40}}
	for name, keys := range screens {
		for _, size := range sizes {
			for _, lang := range note.Langs {
				file := fmt.Sprintf("%s-%dx%d-%s", name, size[0], size[1], lang)
				t.Run(file, func(t *testing.T) {
					t.Parallel()
					golden(t, file, Options{Lang: lang}, size, keys)
				})
			}
		}
		for kind, o := range map[string]Options{"ascii": {ASCII: true}, "presenter": {Presenter: true}} {
			file := fmt.Sprintf("%s-80x24-%s", name, kind)
			t.Run(file, func(t *testing.T) {
				t.Parallel()
				golden(t, file, o, [2]int{80, 24}, keys)
			})
		}
	}
}

// The first screen of a new person, and the first conversation with the tour.
func TestFirstRun(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{60, 16}, {80, 24}, {140, 40}} {
		for _, lang := range note.Langs {
			t.Run(fmt.Sprintf("%dx%d-%s", size[0], size[1], lang), func(t *testing.T) {
				t.Parallel()
				o := Options{Lang: lang, FirstRun: true}
				golden(t, fmt.Sprintf("welcome-%dx%d-%s", size[0], size[1], lang), o, size, nil)
				golden(t, fmt.Sprintf("tour-%dx%d-%s", size[0], size[1], lang), o, size, []string{"enter"})
			})
		}
	}
}

// golden compares a screen with its file, and holds it to its size.
func golden(t *testing.T, name string, o Options, size [2]int, keys []string) {
	t.Helper()
	m := start(o, size[0], size[1])
	press(t, m, keys...)
	got := shown(m)
	lines := strings.Split(got, "\n")
	if len(lines) != size[1] {
		t.Errorf("%d lines; want %d", len(lines), size[1])
	}
	for i, line := range lines {
		if w := ansi.StringWidth(line); w != size[0] {
			t.Errorf("line %d is %d cells wide; want %d: %q", i, w, size[0], line)
		}
		if o.ASCII && strings.ContainsFunc(line, func(r rune) bool { return r > '~' }) {
			t.Errorf("line %d is not ASCII: %q", i, line)
		}
		lines[i] = strings.TrimRight(line, " ")
	}
	got = strings.Join(lines, "\n") + "\n"
	if strings.Contains(got, "⟨") || strings.Contains(got, "%!") {
		t.Errorf("a label is missing or misused:\n%s", got)
	}
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the screen differs from %s:\n%s", file, got)
	}
}

func TestResizeKeepsThePlace(t *testing.T) {
	t.Parallel()
	for _, keys := range [][]string{{"down"}, {"x", "down", "down"}, {"4", "right", "right"}, {"3", "n", "n", "n", "down"}} {
		m := start(Options{}, 80, 24)
		press(t, m, keys...)
		before := shown(m)
		for _, size := range [][2]int{{140, 40}, {60, 16}, {100, 30}, {80, 24}} {
			m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		}
		if got := shown(m); got != before {
			t.Errorf("after %v and resizing:\n%s\nwant\n%s", keys, got, before)
		}
	}
}

// Without colour, what is chosen is still in reverse video.
func TestNoColor(t *testing.T) {
	t.Parallel()
	profile := colorprofile.Env([]string{"TERM=xterm-256color", "NO_COLOR=1"})
	var b bytes.Buffer
	w := colorprofile.Writer{Forward: &b, Profile: profile}
	if _, err := w.WriteString(start(Options{}, 80, 24).View().Content); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "\x1b[7m") {
		t.Error("NO_COLOR takes reverse video away")
	}
	for _, colour := range []string{"\x1b[3", "\x1b[1;3", "\x1b[9", ";38;", ";48;"} {
		if strings.Contains(b.String(), colour) {
			t.Errorf("NO_COLOR leaves the colour %q", colour)
		}
	}
}
