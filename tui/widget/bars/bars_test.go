package bars

import (
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
	"github.com/charmbracelet/x/ansi"

	"surel/tui/theme"
)

func bindings(names ...string) []key.Binding {
	var all []key.Binding
	for _, n := range names {
		all = append(all, key.NewBinding(key.WithKeys(n), key.WithHelp(n, "does "+n)))
	}
	return all
}

func TestBottomCutsTheLeastImportantAndKeepsTheLast(t *testing.T) {
	t.Parallel()
	keys, last := bindings("a", "b", "c", "d"), bindings("?")[0]
	for width := 20; width < 70; width++ {
		line, spans := Bottom(theme.New(theme.Options{}), keys, last, width)
		line = ansi.Strip(line)
		if w := ansi.StringWidth(line); w != width {
			t.Fatalf("width %d: the line is %d cells wide", width, w)
		}
		for i, s := range spans[:len(spans)-1] {
			if s.Key.Help() != keys[i].Help() {
				t.Errorf("width %d: key %d is %q; want %q", width, i, s.Key.Help().Key, keys[i].Help().Key)
			}
		}
		for _, s := range spans {
			if got, want := line[s.From:s.To], s.Key.Help().Key+" "+s.Key.Help().Desc; got != want {
				t.Errorf("width %d: at %d stands %q; want %q", width, s.From, got, want)
			}
		}
		if got := spans[len(spans)-1].Key.Help().Key; got != "?" {
			t.Errorf("width %d: the last key is %q; want ?", width, got)
		}
	}
}

func TestBottomLeavesOutWhatDoesNotWork(t *testing.T) {
	t.Parallel()
	keys := bindings("a", "b")
	keys[0].SetEnabled(false)
	if line, _ := Bottom(theme.New(theme.Options{}), keys, bindings("?")[0], 80); strings.Contains(line, "does a") {
		t.Errorf("a disabled key is named: %q", ansi.Strip(line))
	}
}

func TestTopKeepsTheWidthAndTheFirstOfTheRight(t *testing.T) {
	t.Parallel()
	for width := 30; width < 90; width++ {
		line, at := Top(theme.New(theme.Options{}), strings.Repeat("long ", 12), []string{"ID · en", "lab ●"}, width)
		line = ansi.Strip(line)
		if w := ansi.StringWidth(line); w != width {
			t.Fatalf("width %d: the line is %d cells wide: %q", width, w, line)
		}
		if right := ansi.Cut(line, at, width); !strings.HasPrefix(right, "ID · en") {
			t.Errorf("width %d: the right part is %q", width, right)
		}
	}
}

func TestMessageKeepsTheWidth(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"", "short", strings.Repeat("long ", 30)} {
		line := Message(theme.New(theme.Options{}), words, true, bindings("?")[0], 60)
		if w := ansi.StringWidth(line); w != 60 {
			t.Errorf("%q: %d cells; want 60", words, w)
		}
		if !strings.Contains(ansi.Strip(line), "? does ?") {
			t.Errorf("%q hides the last key: %q", words, ansi.Strip(line))
		}
	}
}
