// Package tui is the program's screens. The root model here knows the size of
// the terminal, the stack of screens, the keys that work everywhere and the
// lines above and below; everything else is a screen's. Start with Run, and
// with stations.go for what the first screen offers. A new screen is a package
// under screen/ that fulfils ui.Screen.
package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/lessons/progress"
	"surel/protocols/note"
	"surel/protocols/visible"
	"surel/tui/screen/home"
	"surel/tui/text"
	"surel/tui/theme"
	"surel/tui/ui"
	"surel/tui/widget/helpview"
)

// The smallest terminal that the screens fit in, in cells.
const (
	MinWidth  = 60
	MinHeight = 16
)

// langKey is the key that changes the language even while letters are text.
const langKey = "f2"

// Options say how the program shows itself.
type Options struct {
	// Lab is the lab whose servers the screens talk to.
	Lab ui.Lab
	// Scenarios are those that can be played; nil stands for all of the course.
	Scenarios []lessons.Scenario
	// Lang is the language to begin with.
	Lang note.Lang
	// ASCII draws with ASCII characters only.
	ASCII bool
	// Presenter begins in the mode for a projector.
	Presenter bool
	// Capture tells that the lab is a recording: its connections are the first
	// screen, and nothing can be played.
	Capture bool
	// Lessons are those of the course; nil stands for all that the program has. Where
	// they are given, the first one is opened at once.
	Lessons []lessons.Lesson
	// NoSkip keeps the intended way of a task hidden until it is done; NoPraise leaves
	// it at the tick.
	NoSkip, NoPraise bool
	// Progress is what the student has done; nil keeps nothing.
	Progress ui.Progress
	// FirstRun tells that the person is new: the language is asked for, and the first
	// conversation follows.
	FirstRun bool
	// Notice is what the program says first, such as what is wrong with the
	// progress; empty for nothing.
	Notice string
	// SaveLang keeps the choice of a language for next time; nil does not.
	SaveLang func(note.Lang) error
}

// Model is the root model.
type Model struct {
	opts     Options
	ctx      ui.Context
	course   course
	stations []home.Station
	stack    []ui.Screen // the last one is shown
	help     helpview.Model
	helping  bool
	notice   ui.Notice
	tour     tour
	width    int
	height   int
}

var _ tea.Model = (*Model)(nil)

// New makes the root model with the first screen.
func New(o Options) *Model {
	if o.Scenarios == nil {
		o.Scenarios = lessons.Scenarios()
	}
	if o.Progress == nil {
		o.Progress = progress.InMemory()
	}
	var first string
	if o.Lessons == nil {
		o.Lessons = lessons.Lessons()
		first = o.Progress.Record().Lesson
	} else {
		first = o.Lessons[0].ID
	}
	c := course{lab: o.Lab, lessons: o.Lessons, done: o.Progress, noSkip: o.NoSkip, noPraise: o.NoPraise, recorded: o.Capture, turn: make(chan struct{}, 1)}
	m := &Model{opts: o, course: c, stations: stations(o.Lab, o.Scenarios, c), help: helpview.New()}
	m.stack = []ui.Screen{home.New(o.Lab, m.stations)}
	if o.Capture {
		m.stack = []ui.Screen{m.monitor()}
	}
	if l, ok := c.find(first); ok && !o.Capture {
		m.stack = append(m.stack, c.list(), c.open(l))
	}
	m.setContext(o.Lang, o.Presenter)
	if o.FirstRun && !o.Capture {
		m.push(m.welcome())
	}
	if o.Notice != "" {
		m.notice = ui.Notice{Text: visible.String(o.Notice), Bad: true}
	}
	return m
}

// Init starts the first screen.
func (m *Model) Init() tea.Cmd { return m.top().Init() }

// Update takes a message: what lies on top comes first, then the keys that
// work everywhere, then the screen. Messages that are no input go to every
// screen, because what a screen has started goes on below another one.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.setSize(msg.Width, msg.Height)
		return m, nil
	case ui.Push:
		return m, m.push(msg.Screen)
	case ui.Pop:
		return m, m.pop()
	case ui.ShowScenarios:
		return m, m.showScenarios(msg.ID)
	case firstLang:
		return m, m.beginFirst(note.Lang(msg))
	case ui.Notice:
		msg.Text = visible.String(msg.Text)
		m.notice = msg
		return m, nil
	case tea.KeyPressMsg:
		return m, m.press(msg)
	case tea.MouseMsg:
		return m, m.mouse(msg)
	case tea.PasteMsg:
		if m.helping || m.tooSmall() {
			return m, nil
		}
		return m, m.toTop(msg)
	}
	return m, m.toAll(msg)
}

// press takes a key.
func (m *Model) press(msg tea.KeyPressMsg) tea.Cmd {
	m.notice = ui.Notice{}
	if key.Matches(msg, m.ctx.Keys.Kill) {
		return m.quit()
	}
	if m.helping {
		return m.pressHelp(msg)
	}
	if m.guide(msg) {
		return nil
	}
	if m.top().Typing() {
		if msg.String() == langKey {
			return m.nextLang()
		}
		if m.tooSmall() {
			return nil
		}
		return m.toTop(msg)
	}
	if cmd, taken := m.global(msg); taken {
		return cmd
	}
	if m.tooSmall() {
		return nil
	}
	return m.toTop(msg)
}

// pressHelp takes a key while the help lies over the screen. The language can
// be changed there, too.
func (m *Model) pressHelp(msg tea.KeyPressMsg) tea.Cmd {
	if key.Matches(msg, m.ctx.Keys.Language) {
		cmd := m.nextLang()
		m.openHelp()
		return cmd
	}
	var closed bool
	m.help, closed = m.help.Update(msg)
	m.helping = !closed
	return nil
}

// global takes the keys that work on every screen.
func (m *Model) global(msg tea.KeyPressMsg) (cmd tea.Cmd, taken bool) {
	k := m.ctx.Keys
	switch {
	case key.Matches(msg, k.Quit):
		return m.pop(), true
	case key.Matches(msg, k.Back):
		if len(m.stack) > 1 {
			return m.pop(), true
		}
		return nil, true
	case key.Matches(msg, k.Language):
		return m.nextLang(), true
	case key.Matches(msg, k.Presenter):
		m.togglePresenter()
		return nil, true
	case key.Matches(msg, k.Help):
		m.openHelp()
		return nil, true
	case key.Matches(msg, k.Monitor):
		return m.showMonitor(), true
	case key.Matches(msg, k.Terms):
		return m.showTerms(), true
	case key.Matches(msg, k.Search), key.Matches(msg, k.Filter) && !m.filters():
		return m.showSearch(), true
	}
	return nil, false
}

func (m *Model) top() ui.Screen { return m.stack[len(m.stack)-1] }

func (m *Model) toTop(msg tea.Msg) tea.Cmd {
	s, cmd := m.top().Update(msg)
	m.stack[len(m.stack)-1] = s
	return cmd
}

func (m *Model) toAll(msg tea.Msg) tea.Cmd {
	cmds := make([]tea.Cmd, len(m.stack))
	for i, s := range m.stack {
		m.stack[i], cmds[i] = s.Update(msg)
	}
	return tea.Batch(cmds...)
}

func (m *Model) push(s ui.Screen) tea.Cmd {
	s.SetContext(m.ctx)
	s.SetSize(m.body())
	m.stack = append(m.stack, s)
	return s.Init()
}

func (m *Model) pop() tea.Cmd {
	if len(m.stack) == 1 {
		return m.quit()
	}
	m.leave()
	return nil
}

// leave closes the screen that is shown.
func (m *Model) leave() {
	m.top().Close()
	m.stack = m.stack[:len(m.stack)-1]
	m.top().SetContext(m.ctx) // what was done above may show here
}

func (m *Model) quit() tea.Cmd {
	m.close()
	return tea.Quit
}

// close leaves all screens but the first, which has nothing to end.
func (m *Model) close() {
	for len(m.stack) > 1 {
		m.leave()
	}
}

// body gives the room for a screen.
func (m *Model) body() (width, height int) {
	return max(m.width, MinWidth), max(m.height, MinHeight) - 2
}

func (m *Model) tooSmall() bool { return m.width < MinWidth || m.height < MinHeight }

func (m *Model) setSize(width, height int) {
	m.width, m.height = width, height
	for _, s := range m.stack {
		s.SetSize(m.body())
	}
	m.help.SetSize(m.body())
}

// setContext makes the words, keys and styles anew and gives them to every
// screen.
func (m *Model) setContext(lang note.Lang, presenter bool) {
	words := text.For(lang)
	m.ctx = ui.Context{
		Theme: theme.New(theme.Options{ASCII: m.opts.ASCII, Presenter: presenter}),
		Text:  words, Keys: ui.NewKeyMap(words), Presenter: presenter,
	}
	for _, s := range m.stack {
		s.SetContext(m.ctx)
	}
}

func (m *Model) nextLang() tea.Cmd {
	lang := note.ID
	if m.ctx.Lang() == note.ID {
		lang = note.EN
	}
	return m.setLang(lang)
}

// setLang changes the language and keeps it for next time.
func (m *Model) setLang(lang note.Lang) tea.Cmd {
	m.setContext(lang, m.ctx.Presenter)
	m.notice = ui.Notice{Text: m.ctx.Text.Get("app.saved")}
	save := m.opts.SaveLang
	if save == nil {
		return nil
	}
	unsaved := m.ctx.Text
	return func() tea.Msg {
		if err := save(lang); err != nil {
			return ui.Notice{Text: unsaved.Get("app.unsaved", err), Bad: true}
		}
		return nil
	}
}

func (m *Model) togglePresenter() {
	m.setContext(m.ctx.Lang(), !m.ctx.Presenter)
	words := "app.presenter.off"
	if m.ctx.Presenter {
		words = "app.presenter.on"
	}
	m.notice = ui.Notice{Text: m.ctx.Text.Get(words)}
}

// openHelp shows all keys of the screen and of the program.
func (m *Model) openHelp() {
	k := m.ctx.Keys
	m.help = helpview.New()
	m.help.KeyMap = helpview.KeyMap{
		Up: k.Up, Down: k.Down, PageUp: k.PageUp, PageDown: k.PageDown,
		Close: key.NewBinding(key.WithKeys(append(append(k.Help.Keys(), k.Back.Keys()...), k.Quit.Keys()...)...)),
	}
	m.help.Theme, m.help.Title = m.ctx.Theme, m.ctx.Text.Get("app.title.help")
	m.help.SetGroups(append(m.top().Help().FullHelp(), m.globalKeys()))
	m.help.SetSize(m.body())
	m.helping = true
}

// globalKeys are the keys that work on every screen.
func (m *Model) globalKeys() []key.Binding {
	k := m.ctx.Keys
	return []key.Binding{k.Help, k.Monitor, k.Terms, k.Search, k.Language, k.Presenter, k.Back, k.Quit, k.Kill}
}
