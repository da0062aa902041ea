package explorer

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"surel/lessons"
	"surel/protocols/note"
	"surel/protocols/wire"
	"surel/tui/text"
	"surel/tui/theme"
	"surel/tui/ui"
	"surel/tui/widget/meaning"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// options say how a screen of a test looks.
type options struct {
	width, height    int
	lang             note.Lang
	ascii, presenter bool
}

func (o options) context() ui.Context {
	words := text.For(o.lang)
	return ui.Context{
		Theme: theme.New(theme.Options{ASCII: o.ascii, Presenter: o.presenter}),
		Text:  words, Keys: ui.NewKeyMap(words), Presenter: o.presenter,
	}
}

// hand drives a screen as the program would: it carries out commands and gives
// back what they bring.
type hand struct {
	t    testing.TB
	m    *Model
	msgs chan tea.Msg
	left []tea.Msg // what was for the program and not for the screen
}

// open shows the scenario of testdata on a lab.
func open(t testing.TB, lab ui.Lab, o options) *hand {
	t.Helper()
	raw, err := os.ReadFile("testdata/letter.scenario")
	if err != nil {
		t.Fatal(err)
	}
	s, err := lessons.Parse("letter.scenario", raw)
	if err != nil {
		t.Fatal(err)
	}
	s.ID = "smtp/letter"
	h := &hand{t: t, m: New(lab, s), msgs: make(chan tea.Msg, 1000)}
	h.m.SetContext(o.context())
	h.m.SetSize(o.width, o.height)
	h.run(h.m.Init())
	t.Cleanup(h.m.Close)
	return h
}

// inBubble is open in a bubble of package synctest, which wants everything to
// have ended before it does.
func inBubble(t *testing.T, o options) *hand {
	t.Helper()
	t.Cleanup(func() { <-time.After(time.Minute) }) // what waits for a moment
	return open(t, newLab(t), o)
}

func (h *hand) run(cmd tea.Cmd) {
	if cmd != nil {
		go func() { h.msgs <- cmd() }()
	}
}

// settle carries out what is under way, in a bubble of package synctest. Time
// stands still meanwhile.
func (h *hand) settle() {
	h.t.Helper()
	for {
		synctest.Wait()
		select {
		case msg := <-h.msgs:
			h.take(msg)
		default:
			return
		}
	}
}

// pass lets time pass, and carries out what it brings.
func (h *hand) pass(d time.Duration) {
	h.t.Helper()
	<-time.After(d)
	h.settle()
}

func (h *hand) take(msg tea.Msg) {
	if batch, ok := msg.(tea.BatchMsg); ok {
		for _, cmd := range batch {
			h.run(cmd)
		}
		return
	}
	_, cmd := h.m.Update(msg)
	h.left = append(h.left, msg)
	h.run(cmd)
}

// press presses keys one after another and waits for what they cause.
func (h *hand) press(names ...string) {
	h.t.Helper()
	for _, name := range names {
		_, cmd := h.m.Update(ui.Press(name))
		h.run(cmd)
		h.settle()
	}
}

// write types a text.
func (h *hand) write(s string) {
	h.t.Helper()
	for _, r := range s {
		_, cmd := h.m.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
		h.run(cmd)
	}
	h.settle()
}

// screen gives what is seen, without colours.
func (h *hand) screen() string { return ansi.Strip(h.m.View()) }

// sees fails where the screen does not show the text.
func (h *hand) sees(want ...string) {
	h.t.Helper()
	for _, w := range want {
		if s := h.screen(); !strings.Contains(s, w) {
			h.t.Errorf("screen does not show %q:\n%s", w, s)
		}
	}
}

// seesNot fails where the screen shows the text.
func (h *hand) seesNot(unwanted string) {
	h.t.Helper()
	if s := h.screen(); strings.Contains(s, unwanted) {
		h.t.Errorf("screen shows %q:\n%s", unwanted, s)
	}
}

// placeholder stands in the place of an explanation in golden files, so that
// they change with the screen and not with the words of a note.
var placeholder = []meaning.Paragraph{
	{Kind: meaning.Title, Text: "NOTE: its title"},
	{Kind: meaning.Wrong, Text: "Why it is wrong here: `RCPT` comes before `MAIL`."},
	{Text: "The first sentence of the note, which stands alone. The second one says why it is there."},
	{Kind: meaning.Reference, Text: "RFC 5321 §4.1.1.2"},
	{Kind: meaning.Reference, Text: "RFC 5321 §3.3"},
}

// fills fails where the screen is not exactly as wide and high as it was told.
func (h *hand) fills() {
	h.t.Helper()
	lines := strings.Split(h.screen(), "\n")
	if len(lines) != h.m.height {
		h.t.Errorf("the screen has %d lines, want %d", len(lines), h.m.height)
	}
	for i, l := range lines {
		if w := ansi.StringWidth(l); w != h.m.width {
			h.t.Errorf("line %d is %d cells wide, want %d: %q", i, w, h.m.width, l)
		}
	}
}

// golden holds the screen against a file, and against its own size.
func (h *hand) golden(name string) {
	h.t.Helper()
	h.m.meaning.SetContent(placeholder)
	got := h.screen()
	h.fills()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got+"\n"), 0o600); err != nil {
			h.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		h.t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got+"\n", "\n")); diff != "" {
		h.t.Errorf("%s differs (-want +got), -update accepts it:\n%s", file, diff)
	}
}

// replay puts a recorded conversation into the lab's log and has it read.
func (h *hand) replay(name string) {
	h.t.Helper()
	f, err := os.Open(filepath.Join("testdata", name+".log"))
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	c, segments, err := wire.ReadText(f)
	if err != nil {
		h.t.Fatal(err)
	}
	r := h.m.lab.Log().Open(c)
	for _, s := range segments {
		r.Record(s.Time, s.Dir, s.Bytes)
	}
	r.Close(c.Closed)
	h.run(h.m.read())
}
