package panes

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"surel/tui/theme"
)

func TestPanesShareTheirBorders(t *testing.T) {
	t.Parallel()
	views := []string{"aaa\naaa\naaa", "bbb", "ccc"}
	panes := []Pane{
		{Title: "A", Width: 5, Height: 5, Focus: true},
		{Title: "B", X: 4, Width: 5, Height: 3},
		{Title: "C", X: 4, Y: 2, Width: 5, Height: 3},
	}
	for name, c := range map[string]struct {
		ascii bool
		want  string
	}{
		"unicode": {false, "┏ ●…┱ B ┐\n┃aaa┃bbb│\n┃aaa┠ C ┤\n┃aaa┃ccc│\n┗━━━┹───┘"},
		"ascii":   {true, "# *~# B +\n#aaa#bbb|\n#aaa# C +\n#aaa#ccc|\n#===#---+"},
	} {
		th := theme.New(theme.Options{ASCII: c.ascii})
		got := ansi.Strip(New(9, 5, panes, th).Join(views...))
		if diff := cmp.Diff(strings.Split(c.want, "\n"), strings.Split(got, "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestHiddenPanesAndMissingLinesLeaveRoom(t *testing.T) {
	t.Parallel()
	f := New(8, 4, []Pane{{Title: "A", Width: 8, Height: 4}, {Title: "B"}}, theme.New(theme.Options{}))
	for _, l := range strings.Split(ansi.Strip(f.Join("only", "b")), "\n") {
		if l == "" {
			t.Error("a line is missing")
		}
	}
}
