package picture

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"go.uber.org/goleak"

	"surel/tui/theme"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// sample is a program with one of everything that pictures must draw.
type sample struct{ pressed string }

func (s sample) Init() tea.Cmd { return nil }

func (s sample) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		s.pressed += k.String()
	}
	return s, nil
}

func (s sample) View() tea.View {
	t := theme.New(theme.Options{})
	box := lipgloss.JoinVertical(
		lipgloss.Left,
		t.Border.Render("┌──┬──┐"), t.Focus.Render("┃")+t.Client.Render("<a&b>")+t.Focus.Render("┃"), "└──┴──┘",
		t.Selected.Render("chosen")+" "+t.Chosen.Render("e\u0301 漢")+" ▶", "pressed: "+s.pressed,
	)
	return tea.View{Content: box, AltScreen: true}
}

func TestFilmAndSVG(t *testing.T) {
	t.Parallel()
	screen, err := Film(t.Context(), sample{}, 20, 6, Step{Until: "pressed"}, Step{Key: "x", Until: "x"}, Step{Key: "enter"})
	if err != nil {
		t.Fatal(err)
	}
	if want := "pressed: xenter"; !strings.Contains(screen.Text(), want) {
		t.Errorf("%q is not on the screen:\n%s", want, screen.Text())
	}
	var b bytes.Buffer
	if err := SVG(&b, screen, `A "sample" & more`); err != nil {
		t.Fatal(err)
	}
	wellFormed(t, b.Bytes())
	const file = "testdata/sample.svg"
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(filepath.FromSlash(file))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), want) {
		t.Errorf("the picture differs from %s:\n%s", file, b.Bytes())
	}
}

func wellFormed(t *testing.T, svg []byte) {
	t.Helper()
	for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func TestFilmSaysWhatDidNotAppear(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	_, err := Film(ctx, stop{cancel: cancel}, 20, 6, Step{Until: "hello"}, Step{Key: "x", Until: "never"})
	if err == nil || !strings.Contains(err.Error(), `"never" did not appear`) || !strings.Contains(err.Error(), "hello") {
		t.Errorf("error is %v", err)
	}
}

// stop ends its own film at the first key.
type stop struct{ cancel context.CancelFunc }

func (s stop) Init() tea.Cmd { return nil }

func (s stop) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyPressMsg); ok {
		s.cancel()
	}
	return s, nil
}

func (s stop) View() tea.View { return tea.View{Content: "hello", AltScreen: true} }
