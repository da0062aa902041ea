package shown_test

import (
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	tea "charm.land/bubbletea/v2"

	"surel/lessons/progress"
	"surel/protocols/note"
	"surel/tui"
)

// keysVar says how many keys the monkey presses, for a longer look than the tests take,
// and seedVar with which seed it begins.
const (
	keysVar = "SUREL_MONKEY_KEYS"
	seedVar = "SUREL_MONKEY_SEED"
)

// monkeyKeys are what is pressed: those that do something on most screens more often. N
// is not among them, because it asks outside the lab.
var monkeyKeys = []string{
	"enter", "enter", "enter", "right", "right", "right", "down", "down", "down", "up", "left", "esc", "tab", "tab", "shift+tab", "space",
	"i", "i", "a", "+", "-", "t", "/", ":", "c", "b", "B", "*", "x", "R", "F", "w", "m", "L", "P", "?", "H", "S", "f", "o", "E", "n", "p", "g", "G",
	"pgup", "pgdown", "home", "end", "backspace", "ctrl+t", "ctrl+p", "y", ".", "q", "1", "2", "3", "4", "5", "6", "7", "8", "9",
	"EHLO x", "MAIL FROM:<a@b>", "DATA", "LOGIN guru@sekolah.test rahasia2", "SELECT INBOX", "STARTTLS", "STLS", "USER guru@sekolah.test",
	"PASS rahasia2", "MX sekolah.test", "\x1b]0;x\a", "a1 APPEND INBOX {3}", "AUTH PLAIN", "IDLE", "DONE", "QUIT", "é漢字",
}

// fromEnv gives the number of a variable of the environment, or another where there is
// none.
func fromEnv(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return otherwise
}

// Whatever is pressed, nothing breaks, and every screen fills its size.
func TestAnyKeys(t *testing.T) {
	t.Parallel()
	n, first := fromEnv(keysVar, 250), fromEnv(seedVar, 0)
	for seed := uint64(first); seed < uint64(first)+4; seed++ {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // the same keys each time
			d := newDrive(t, tui.Options{Lang: note.ID, FirstRun: seed%2 == 0, Progress: progress.InMemory()}, 80, 24)
			for i := range n {
				if i%40 == 39 {
					d.width, d.height = 60+random.IntN(140), 16+random.IntN(40)
					d.take(tea.WindowSizeMsg{Width: d.width, Height: d.height})
				}
				key := monkeyKeys[random.IntN(len(monkeyKeys))]
				d.press(key)
				d.drain(random.IntN(3))
				d.fits()
				if t.Failed() {
					t.Fatalf("after key %d, %q:\n%s", i, key, d.view())
				}
			}
		})
	}
}
