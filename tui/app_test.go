package tui

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"charm.land/bubbles/v2/help"
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"go.uber.org/goleak"

	"surel/lessons"
	"surel/protocols/note"
	"surel/protocols/wire"
	"surel/tui/screen/scenarios"
	"surel/tui/ui"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// still is a lab in which nothing happens.
type still struct{ log *wire.Log }

func newStill() still { return still{wire.NewLog(wire.Limits{})} }

func (s still) Log() *wire.Log { return s.log }
func (s still) Dial(context.Context, string, string) (net.Conn, error) {
	return nil, errors.New("nobody listens here")
}
func (s still) ClientTLS(string) *tls.Config     { return nil }
func (s still) Letters(string) ([][]byte, error) { return nil, nil }
func (s still) Folder(string, string) ([][]byte, []string, error) {
	return nil, nil, nil
}

func (s still) Services() []wire.Service {
	real := netip.MustParseAddrPort("127.0.0.1:2525")
	one := wire.Service{Name: "smtp", Endpoint: wire.Endpoint{Host: "mx1.sekolah.test", Real: real}}
	return []wire.Service{one, one, one}
}

// probe is a screen that notes what it is told.
type probe struct {
	title  string
	typing bool
	width  int
	height int
	lang   note.Lang
	got    []tea.Msg
	closed int
}

func (p *probe) Init() tea.Cmd { return nil }
func (p *probe) Update(msg tea.Msg) (ui.Screen, tea.Cmd) {
	p.got = append(p.got, msg)
	return p, nil
}

func (p *probe) View() string {
	return strings.TrimSuffix(strings.Repeat(strings.Repeat("~", p.width)+"\n", p.height), "\n")
}
func (p *probe) SetSize(width, height int) { p.width, p.height = width, height }
func (p *probe) SetContext(ctx ui.Context) { p.lang = ctx.Lang() }
func (p *probe) Title() string             { return p.title }
func (p *probe) Typing() bool              { return p.typing }
func (p *probe) Cursor() *tea.Cursor       { return tea.NewCursor(3, 4) }
func (p *probe) Close()                    { p.closed++ }
func (p *probe) Help() help.KeyMap {
	return ui.Keys{Short: []key.Binding{key.NewBinding(key.WithKeys("z"), key.WithHelp("z", "zzz"))}}
}

// start gives a root model of the size, in the language.
func start(o Options, width, height int) *Model {
	o.Scenarios = played()
	if o.Lab == nil {
		o.Lab = newStill()
	}
	m := New(o)
	m.Update(tea.WindowSizeMsg{Width: width, Height: height})
	return m
}

// played are the scenarios of SMTP: what other protocols have to play must not
// change these screens.
func played() []lessons.Scenario {
	var list []lessons.Scenario
	for _, s := range lessons.Scenarios() {
		if s.Protocol() == "smtp" {
			list = append(list, s)
		}
	}
	return list
}

// press presses keys, and carries out at once what screens ask for.
func press(t *testing.T, m *Model, keys ...string) {
	t.Helper()
	for _, k := range keys {
		_, cmd := m.Update(ui.Press(k))
		if k == "m" {
			continue // the monitor's command waits until the lab says something
		}
		if cmd != nil {
			if msg := cmd(); msg != nil {
				m.Update(msg)
			}
		}
	}
}

func shown(m *Model) string { return ansi.Strip(m.View().Content) }

// bottom gives the bottom line.
func bottom(m *Model) string {
	lines := strings.Split(shown(m), "\n")
	return lines[len(lines)-1]
}

func TestEscLeavesAScreenAndClosesItOnce(t *testing.T) {
	t.Parallel()
	for _, k := range []string{"esc", "q"} {
		m, p := start(Options{}, 80, 24), &probe{}
		m.Update(ui.Push{Screen: p})
		press(t, m, k)
		if len(m.stack) != 1 || p.closed != 1 {
			t.Errorf("%s: %d screens are left and it was closed %d times; want 1 and 1", k, len(m.stack), p.closed)
		}
	}
}

func TestEscAtHomeStays(t *testing.T) {
	t.Parallel()
	m := start(Options{}, 80, 24)
	if _, cmd := m.Update(ui.Press("esc")); cmd != nil {
		t.Error("esc on the first screen does something; want nothing")
	}
}

func TestKillClosesEverythingEvenWhileTyping(t *testing.T) {
	t.Parallel()
	m, a, b := start(Options{}, 80, 24), &probe{}, &probe{typing: true}
	m.Update(ui.Push{Screen: a})
	m.Update(ui.Push{Screen: b})
	_, cmd := m.Update(ui.Press("ctrl+c"))
	if cmd == nil || a.closed != 1 || b.closed != 1 {
		t.Fatalf("closed %d and %d times; want 1 and 1, and the end", a.closed, b.closed)
	}
	if _, ok := cmd().(tea.QuitMsg); !ok {
		t.Error("ctrl+c does not end the program")
	}
}

func TestTypingTakesLettersButNotF2(t *testing.T) {
	t.Parallel()
	m, p := start(Options{}, 80, 24), &probe{typing: true}
	m.Update(ui.Push{Screen: p})
	press(t, m, "q", "L", "P", "?", "esc")
	if len(p.got) != 5 || len(m.stack) != 2 || m.helping || m.ctx.Lang() != note.ID {
		t.Errorf("while typing the screen got %d of 5 keys", len(p.got))
	}
	press(t, m, "f2")
	if p.lang != note.EN {
		t.Errorf("f2 while typing leaves language %s; want en", p.lang)
	}
}

func TestHelpLiesOverTheScreen(t *testing.T) {
	t.Parallel()
	for _, k := range []string{"esc", "?", "q"} {
		m, p := start(Options{}, 80, 24), &probe{}
		m.Update(ui.Push{Screen: p})
		press(t, m, "?")
		for _, want := range []string{"Bantuan", "proyektor", "ctrl+c"} {
			if !strings.Contains(shown(m), want) {
				t.Errorf("help does not show %q", want)
			}
		}
		press(t, m, "down", "x")
		if len(p.got) != 0 {
			t.Error("a key went through the help to the screen")
		}
		press(t, m, k)
		if m.helping || len(m.stack) != 2 {
			t.Errorf("%s does not close the help alone", k)
		}
	}
}

func TestLanguageChangesInTheHelp(t *testing.T) {
	t.Parallel()
	m := start(Options{}, 80, 24)
	press(t, m, "?", "L")
	if !m.helping || !strings.Contains(shown(m), "projector") {
		t.Errorf("the help in English is not shown:\n%s", shown(m))
	}
}

func TestHelpScrollsWhereItIsTooTall(t *testing.T) {
	t.Parallel()
	m := start(Options{}, 60, 16)
	press(t, m, "?")
	if strings.Contains(shown(m), "ctrl+c") {
		t.Fatal("the help fits; this test needs a smaller terminal")
	}
	press(t, m, "pgdown")
	if !strings.Contains(shown(m), "ctrl+c") {
		t.Error("pgdown does not show the rest of the help")
	}
}

func TestTooSmallSaysSoAndKeepsThePlace(t *testing.T) {
	t.Parallel()
	m := start(Options{Lang: note.EN}, 80, 24)
	press(t, m, "down")
	before := shown(m)
	for _, size := range [][2]int{{59, 24}, {80, 15}, {20, 5}, {1, 1}} {
		m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		if size[0] > 20 && !strings.Contains(shown(m), "60×16") {
			t.Errorf("at %d×%d the size that is needed is not said", size[0], size[1])
		}
		press(t, m, "up", "enter")
	}
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	if shown(m) != before {
		t.Errorf("after the terminal was small the screen is\n%s\nwant\n%s", shown(m), before)
	}
}

func TestLanguageChangesOnEveryScreenAndIsSaved(t *testing.T) {
	t.Parallel()
	var saved note.Lang
	m := start(Options{SaveLang: func(l note.Lang) error { saved = l; return nil }}, 80, 24)
	a, b := &probe{}, &probe{}
	m.Update(ui.Push{Screen: a})
	m.Update(ui.Push{Screen: b})
	press(t, m, "L")
	if a.lang != note.EN || b.lang != note.EN || saved != note.EN {
		t.Errorf("languages are %s and %s, saved %s; want en", a.lang, b.lang, saved)
	}
	press(t, m, "L")
	if b.lang != note.ID || saved != note.ID {
		t.Errorf("after L again the language is %s, saved %s; want id", b.lang, saved)
	}
}

func TestLanguageThatCannotBeSavedIsSaid(t *testing.T) {
	t.Parallel()
	m := start(Options{SaveLang: func(note.Lang) error { return errors.New("disk is full") }}, 80, 24)
	press(t, m, "L")
	if !strings.Contains(bottom(m), "disk is full") {
		t.Errorf("bottom line is %q", bottom(m))
	}
	press(t, m, "down")
	if strings.Contains(bottom(m), "disk is full") {
		t.Error("the notice stays after the next key")
	}
}

func TestNoticeIsSafe(t *testing.T) {
	t.Parallel()
	m := start(Options{}, 80, 24)
	m.Update(ui.Notice{Text: "a\x1b]0;title\x07\u202eb\x9b1m", Bad: true})
	if s := m.View().Content; strings.ContainsAny(s, "\x07\u202e\u009b") || strings.Contains(s, "\x1b]") {
		t.Errorf("an escape reaches the terminal: %q", bottom(m))
	}
}

func TestMessagesReachEveryScreenAndInputOnlyTheTop(t *testing.T) {
	t.Parallel()
	m, a, b := start(Options{}, 80, 24), &probe{}, &probe{}
	m.Update(ui.Push{Screen: a})
	m.Update(ui.Push{Screen: b})
	type arrived struct{}
	m.Update(arrived{})
	press(t, m, "z")
	m.Update(tea.PasteMsg{Content: "x"})
	if len(a.got) != 1 || len(b.got) != 3 {
		t.Errorf("the lower screen got %d messages and the upper %d; want 1 and 3", len(a.got), len(b.got))
	}
}

func TestScenariosOfWhatIsPlayed(t *testing.T) {
	t.Parallel()
	list := start(Options{}, 80, 24).stations[0].Scenarios
	for _, way := range [][]string{{"enter"}, {"x", "down", "enter"}} {
		m := start(Options{}, 80, 24)
		press(t, m, way...)
		played := list[len(way)/3]
		m.Update(ui.ShowScenarios{ID: played.ID})
		on, ok := m.top().(*scenarios.Model)
		if !ok || len(m.stack) != 2 {
			t.Fatalf("after %v: %d screens, the last of which is %T; want the list over home", way, len(m.stack), m.top())
		}
		if got := on.View(); !strings.Contains(ansi.Strip(got), played.Intro.ID[:20]) {
			t.Errorf("after %v the list does not show %s:\n%s", way, played.ID, ansi.Strip(got))
		}
	}
}

func TestMouseIsRelativeToTheScreen(t *testing.T) {
	t.Parallel()
	m, p := start(Options{}, 80, 24), &probe{}
	m.Update(ui.Push{Screen: p})
	m.Update(tea.MouseClickMsg{X: 7, Y: 3})
	m.Update(tea.MouseWheelMsg{X: 7, Y: 1, Button: tea.MouseWheelDown})
	if len(p.got) != 2 || p.got[0] != (tea.MouseClickMsg{X: 7, Y: 2}) || p.got[1].(tea.MouseWheelMsg).Y != 0 {
		t.Errorf("the screen got %v", p.got)
	}
	if c := m.View().Cursor; c == nil || c.X != 3 || c.Y != 5 {
		t.Errorf("the cursor is at %v; want 3, 5", c)
	}
}

func TestClicksOnTheLinesAboveAndBelow(t *testing.T) {
	t.Parallel()
	m, p := start(Options{}, 80, 24), &probe{}
	m.Update(ui.Push{Screen: p})
	m.Update(tea.MouseClickMsg{X: 70, Y: 0})
	if m.ctx.Lang() != note.EN {
		t.Error("a click on the language does not change it")
	}
	m.Update(tea.MouseClickMsg{X: 1, Y: 23}) // takes the notice away
	m.Update(tea.MouseClickMsg{X: 1, Y: 23})
	if len(p.got) != 1 || p.got[0] != ui.Press("z") {
		t.Errorf("a click on a key gives the screen %v; want z", p.got)
	}
	at := strings.Index(bottom(m), "?")
	m.Update(tea.MouseClickMsg{X: ansi.StringWidth(bottom(m)[:at]), Y: 23})
	if !m.helping {
		t.Error("a click on ? does not open the help")
	}
}

func TestBottomLineAlwaysNamesHelp(t *testing.T) {
	t.Parallel()
	for _, lang := range note.Langs {
		for width := MinWidth; width <= 140; width += 7 {
			m := start(Options{Lang: lang}, width, 24)
			for _, keys := range [][]string{nil, {"x"}, {"2"}} {
				press(t, m, keys...)
				if line := bottom(m); !strings.Contains(line, "? ") || ansi.StringWidth(line) != width {
					t.Errorf("%s, width %d, after %v: %q", lang, width, keys, line)
				}
				if len(keys) > 0 {
					press(t, m, "esc")
				}
			}
		}
	}
}

func TestClosingTwiceClosesOnce(t *testing.T) {
	t.Parallel()
	m, p := start(Options{}, 80, 24), &probe{}
	m.Update(ui.Push{Screen: p})
	m.close()
	m.close()
	if p.closed != 1 {
		t.Errorf("closed %d times; want 1", p.closed)
	}
}

func BenchmarkStart(b *testing.B) {
	lab := newStill()
	b.ReportAllocs()
	for b.Loop() {
		m := New(Options{Lab: lab})
		m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		_ = m.View()
	}
}

func (still) Login(string) (user, password string)           { return "guru@sekolah.test", "rahasia2" }
func (still) CAFile() string                                 { return "/lab/ca.pem" }
func (still) Outside() string                                { return "" }
func (still) SetOutside(string) error                        { return nil }
func (still) SystemResolver(context.Context) (string, error) { return "", nil }
func (still) AnchorFile() string                             { return "/lab/root.key" }
func (still) Dir() string                                    { return "/lab" }

func (still) Files(string) ([]string, error) { return nil, nil }

func (still) Watch(string) (<-chan struct{}, func(), error) { return nil, func() {}, nil }

func TestTheMonitorCopiesTheChosenSetting(t *testing.T) {
	t.Parallel()
	m := start(Options{Lang: note.EN}, 80, 24)
	press(t, m, "m", "tab", "down")
	if !strings.Contains(shown(m), "▸curl") {
		t.Fatalf("down in the settings does not choose curl:\n%s", shown(m))
	}
	press(t, m, "G")
	if !strings.Contains(shown(m), "Letters:") {
		t.Errorf("the end of the settings is out of reach:\n%s", shown(m))
	}
	_, cmd := m.Update(ui.Press("y"))
	for _, c := range cmd().(tea.BatchMsg) {
		if n, ok := c().(ui.Notice); ok && !strings.Contains(n.Text, "openssl") {
			t.Errorf("y says %q; the chosen one is openssl", n.Text)
		}
	}
}

// capture is a recording of one connection, without servers and mailboxes.
type capture struct{ still }

func (capture) Services() []wire.Service             { return nil }
func (capture) Login(string) (user, password string) { return "", "" }

func TestARecordingHasNoMailFiles(t *testing.T) {
	t.Parallel()
	lab := capture{newStill()}
	lab.log.Open(wire.Conn{Service: "smtp", Opened: time.Unix(0, 0), Closed: time.Unix(1, 0)})
	m := start(Options{Lab: lab, Capture: true, Lang: note.EN}, 80, 24)
	m.Init() // reads the log
	press(t, m, "enter", "b", "B")
	if last := bottom(m); !strings.Contains(last, "next") || strings.Contains(last, "mail files") {
		t.Errorf("the bottom line is %q", last)
	}
}
