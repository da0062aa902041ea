package stateline

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"surel/tui/theme"
)

func TestLabelsFarAwayGoFirst(t *testing.T) {
	t.Parallel()
	m := New(theme.New(theme.Options{}))
	m.SetStates([]string{"salam", "sapa", "surat", "penerima"}, 1, "")
	for width, want := range map[int]string{
		60: " ● salam ── ◉ sapa ── ○ surat ── ○ penerima",
		36: " ● salam ◉ sapa ○ surat ○ penerima",
		30: " ● salam ◉ sapa ○ surat ○",
		16: " ● ◉ sapa ○ ○",
		4:  "",
	} {
		m.SetWidth(width)
		got := ansi.Strip(m.View())
		if strings.TrimRight(got, " ") != want || ansi.StringWidth(got) != width {
			t.Errorf("%d: %q, want %q", width, got, want)
		}
	}
}

func TestWhatWasNotPassedLooksLikeWhatLiesAhead(t *testing.T) {
	t.Parallel()
	m := New(theme.New(theme.Options{}))
	m.SetWidth(60)
	m.SetStates([]string{"salam", "sapa", "surat", "selesai"}, 3, "")
	m.SetPassed([]bool{true, true, false})
	if got := ansi.Strip(m.View()); !strings.Contains(got, "● sapa ── ○ surat ── ◉ selesai") {
		t.Errorf("%q", got)
	}
}

func TestStateAsideStandsBesideTheLastOnTheWay(t *testing.T) {
	t.Parallel()
	m := New(theme.New(theme.Options{}))
	m.SetWidth(60)
	m.SetStates([]string{"salam", "sapa", "surat"}, 1, "login")
	if got := ansi.Strip(m.View()); !strings.Contains(got, "◉ sapa: login") {
		t.Errorf("%q", got)
	}
}
