// Package picture makes pictures of real screens: Film runs a program against
// a terminal that exists in memory only, and SVG draws what that terminal
// shows. Start with those two.
package picture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"

	"surel/tui/ui"
)

// Step is a key to press and what to wait for.
type Step struct {
	// Key is the name of the key, as key bindings write it; none where it is
	// empty.
	Key string
	// Until is a text to wait for on the screen; nothing is waited for where it
	// is empty.
	Until string
}

// Screen is what a terminal shows.
type Screen struct {
	// Rows are its cells, from the top and from the left. The cell behind a
	// wide one is empty.
	Rows [][]uv.Cell
}

// Text gives the screen without its styles.
func (s *Screen) Text() string {
	lines := make([]string, len(s.Rows))
	for y, row := range s.Rows {
		var b strings.Builder
		for _, c := range row {
			b.WriteString(c.Content)
		}
		lines[y] = strings.TrimRight(b.String(), " ")
	}
	return strings.Join(lines, "\n")
}

// Film runs the model in a terminal of the given size, in cells, carries out
// the steps, and gives what the terminal shows then. It ends with ctx; the
// error then says what was being waited for.
func Film(ctx context.Context, model tea.Model, width, height int, steps ...Step) (*Screen, error) {
	t := newTerminal(width, height)
	defer t.close()
	p := tea.NewProgram(
		model, tea.WithContext(ctx), tea.WithInput(nil), tea.WithOutput(t), tea.WithFPS(120), tea.WithoutSignalHandler(),
		tea.WithWindowSize(width, height), tea.WithColorProfile(colorprofile.ANSI),
		tea.WithEnvironment([]string{"TERM=xterm-256color", "LANG=id_ID.UTF-8"}),
	)
	ended := make(chan error, 1)
	go func() {
		_, err := p.Run()
		ended <- err
	}()
	stepErr := t.play(ctx, p, steps)
	p.Quit()
	if err := errors.Join(stepErr, <-ended); err != nil {
		return nil, err
	}
	return t.last, nil
}

// terminal is a terminal in memory. It keeps what it showed just before the
// program gave it back.
type terminal struct {
	mu      sync.Mutex
	emu     *vt.Emulator
	changed chan struct{}
	last    *Screen
	drained chan struct{}
}

func newTerminal(width, height int) *terminal {
	t := &terminal{emu: vt.NewEmulator(width, height), changed: make(chan struct{}, 1), drained: make(chan struct{})}
	go func() { // the emulator answers queries, and waits until someone reads the answers
		_, _ = io.Copy(io.Discard, t.emu)
		close(t.drained)
	}()
	return t
}

func (t *terminal) close() {
	if c, ok := t.emu.InputPipe().(io.Closer); ok {
		_ = c.Close()
		<-t.drained
	}
}

// Write takes what the program draws.
func (t *terminal) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	const leave = "\x1b[?1049l" // back to the ordinary screen
	picture, rest, left := bytes.Cut(b, []byte(leave))
	t.feed(picture)
	if left {
		if t.last == nil {
			t.last = t.screen()
		}
		t.feed([]byte(leave))
		t.feed(rest)
	}
	select {
	case t.changed <- struct{}{}:
	default:
	}
	return len(b), nil
}

// feed writes to the emulator. No terminal driver stands before it that would
// turn LF into CRLF.
func (t *terminal) feed(b []byte) {
	_, _ = t.emu.Write(bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")))
}

func (t *terminal) screen() *Screen {
	s := &Screen{}
	for y := range t.emu.Height() {
		row := make([]uv.Cell, t.emu.Width())
		for x := range row {
			if c := t.emu.CellAt(x, y); c != nil {
				row[x] = *c
			} else {
				row[x] = uv.EmptyCell
			}
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

func (t *terminal) play(ctx context.Context, p *tea.Program, steps []Step) error {
	for _, s := range steps {
		if s.Key != "" {
			p.Send(ui.Press(s.Key))
		}
		if err := t.wait(ctx, s.Until); err != nil {
			return fmt.Errorf("film key %q: %w", s.Key, err)
		}
	}
	return nil
}

// wait waits until the screen shows the text.
func (t *terminal) wait(ctx context.Context, text string) error {
	for text != "" {
		t.mu.Lock()
		shown := t.screen().Text()
		t.mu.Unlock()
		if strings.Contains(shown, text) {
			return nil
		}
		select {
		case <-t.changed:
		case <-ctx.Done():
			return fmt.Errorf("%q did not appear (%w) on this screen:\n%s", text, ctx.Err(), shown)
		}
	}
	return nil
}
