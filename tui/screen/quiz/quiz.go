// Package quiz is the screen with the questions of a lesson, one at a time. Start
// with New.
package quiz

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/help"
	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/viewport"
	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/lessons/progress"
	"surel/tui/ui"
	"surel/tui/widget/hexview"
)

// minHex is how many lines a question about a byte leaves for its bytes.
const minHex = 6

// measure is how wide a line of text may be and still read well, in cells.
const measure = 76

// Model is the screen.
type Model struct {
	ctx      ui.Context
	lesson   lessons.Lesson
	progress ui.Progress
	items    []lessons.QuizItem // with their options in the order of this time
	at       int                // the question; len(items) at the end
	round    int                // how often what was missed is asked again
	cursor   int                // the option
	chosen   []string           // keys, in the order of choosing
	answered bool
	wasRight bool               // the answer
	right    int                // questions that were answered rightly at once
	missed   []lessons.QuizItem // the others
	starts   []int              // the lines in which the options begin
	view     viewport.Model
	hex      hexview.Model
	run      Run
	real     *lessons.Enacted // what was run for real; nil before
	life     context.Context  //nolint:containedctx // the screen's life, which has no caller
	end      context.CancelFunc
	width    int
	height   int
}

var _ ui.Text = (*Model)(nil)

// Run runs a question for real and gives what came of it.
type Run func(context.Context, *lessons.QuizItem) (lessons.Enacted, error)

// asked is a question's place: of which round, and where in it.
type asked struct{ round, at int }

// enacted tells what came of a question that was run for real.
type enacted struct {
	owner *Model
	asked asked
	real  lessons.Enacted
	err   error
}

// New makes the screen for the questions of a lesson; run runs for real what they are
// about. Options come in an order that shuffle gives; a nil shuffle takes one by chance.
// Close ends what runs.
func New(l lessons.Lesson, p ui.Progress, run Run, shuffle func(n int, swap func(i, j int))) *Model {
	if shuffle == nil {
		shuffle = rand.Shuffle
	}
	m := &Model{lesson: l, progress: p, run: run, items: slices.Clone(l.Quiz), view: viewport.New()}
	m.life, m.end = context.WithCancel(context.Background())
	for i := range m.items {
		options := slices.Clone(m.items[i].Options)
		shuffle(len(options), func(a, b int) { options[a], options[b] = options[b], options[a] })
		m.items[i].Options = options
	}
	return m
}

// Init runs what the first question needs.
func (m *Model) Init() tea.Cmd { return m.prepare() }

// prepare runs for real what a question about a byte shows.
func (m *Model) prepare() tea.Cmd {
	if m.at < len(m.items) && m.items[m.at].Kind == lessons.FindByte {
		return m.enact()
	}
	return nil
}

// enact runs the question for real.
func (m *Model) enact() tea.Cmd {
	q, life, run, asked := m.items[m.at], m.life, m.run, m.asked()
	return func() tea.Msg {
		real, err := run(life, &q)
		return enacted{m, asked, real, err}
	}
}

// asked names the question that is asked, among all that were asked on this screen.
func (m *Model) asked() asked { return asked{m.round, m.at} }

// enacted takes in what came of it.
func (m *Model) enacted(msg enacted) tea.Cmd {
	if msg.owner != m || msg.asked != m.asked() {
		return nil
	}
	if msg.err != nil {
		return ui.Complain(msg.err.Error())
	}
	m.real = &msg.real
	if msg.real.Message != nil {
		m.hex.SetBytes(msg.real.Message.Raw, nil)
	}
	return nil
}

// Update moves over the options, chooses, answers and goes on.
func (m *Model) Update(msg tea.Msg) (ui.Screen, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		cmd = m.press(msg)
	case enacted:
		cmd = m.enacted(msg)
	case tea.MouseClickMsg:
		m.click(msg)
	case tea.MouseWheelMsg:
		m.view, cmd = m.view.Update(msg)
		return m, cmd
	}
	m.layOut()
	return m, cmd
}

func (m *Model) press(msg tea.KeyPressMsg) tea.Cmd {
	k := m.ctx.Keys
	switch {
	case key.Matches(msg, k.PageDown):
		m.view.PageDown()
	case key.Matches(msg, k.PageUp):
		m.view.PageUp()
	case key.Matches(msg, k.Open):
		return m.enter()
	case key.Matches(msg, k.Restart) && m.at == len(m.items) && len(m.missed) > 0:
		return m.again()
	case m.at == len(m.items) || m.answered:
		m.scroll(msg)
	case m.items[m.at].Kind == lessons.FindByte:
		m.hex, _ = m.hex.Update(msg)
	case key.Matches(msg, k.Down):
		m.cursor = min(m.cursor+1, len(m.items[m.at].Options)-1)
	case key.Matches(msg, k.Up):
		m.cursor = max(m.cursor-1, 0)
	case key.Matches(msg, k.Choice):
		m.choose(m.cursor)
	case key.Matches(msg, k.Number):
		if i := int(msg.Code - '1'); i < len(m.items[m.at].Options) {
			m.cursor = i
			m.choose(i)
		}
	}
	return nil
}

func (m *Model) scroll(msg tea.KeyPressMsg) {
	switch k := m.ctx.Keys; {
	case key.Matches(msg, k.Down):
		m.view.ScrollDown(1)
	case key.Matches(msg, k.Up):
		m.view.ScrollUp(1)
	}
}

// choose chooses an option, or takes the choice back.
func (m *Model) choose(i int) {
	q := &m.items[m.at]
	option := q.Options[i].Key
	if at := slices.Index(m.chosen, option); at >= 0 {
		m.chosen = slices.Delete(m.chosen, at, at+1)
		return
	}
	if one(q) {
		m.chosen = nil
	}
	m.chosen = append(m.chosen, option)
}

// enter answers the question, or goes on to the next.
func (m *Model) enter() tea.Cmd {
	switch {
	case m.at == len(m.items):
		return ui.Leave
	case m.answered:
		m.at++
		m.cursor, m.chosen, m.answered, m.real = 0, nil, false, nil
		m.hex.SetBytes(nil, nil)
		m.view.GotoTop()
		return m.prepare()
	}
	q := &m.items[m.at]
	if q.Kind == lessons.FindByte {
		return m.pointed(q)
	}
	if one(q) && len(m.chosen) == 0 {
		m.choose(m.cursor)
	}
	if left := len(q.Options) - len(m.chosen); q.Kind == lessons.Ordering && left > 0 {
		return ui.Complain(m.ctx.Text.Get("quiz.unordered", left))
	}
	if len(m.chosen) == 0 {
		return ui.Complain(m.ctx.Text.Get("quiz.incomplete"))
	}
	cmd := m.answer(q, q.IsRight(m.chosen))
	if q.Kind == lessons.Answering {
		cmd = tea.Batch(cmd, m.enact())
	}
	return cmd
}

// one tells whether one option is to be chosen.
func one(q *lessons.QuizItem) bool { return q.Kind == lessons.Single || q.Kind == lessons.Answering }

// pointed answers a question about a byte with the one at the cursor.
func (m *Model) pointed(q *lessons.QuizItem) tea.Cmd {
	if m.real == nil {
		return nil // it is not there yet
	}
	m.wasRight = m.real.Holds(m.hex.Cursor())
	cmd := m.answer(q, m.wasRight)
	m.hex.SetLit(m.real.Span)
	return cmd
}

// answer notes how the question was answered.
func (m *Model) answer(q *lessons.QuizItem, right bool) tea.Cmd {
	m.answered, m.wasRight = true, right
	m.view.GotoTop()
	if right {
		m.right++
	} else {
		m.missed = append(m.missed, *q)
	}
	return m.keep(q.ID, right)
}

// keep keeps how a question was answered.
func (m *Model) keep(id string, right bool) tea.Cmd {
	p, words := m.progress, m.ctx.Text
	return func() tea.Msg {
		err := p.Update(func(r *progress.Record) {
			a := r.Answers[id]
			if a.Right.IsZero() {
				a.Tries++
				if right {
					a.Right = time.Now().UTC()
				}
			}
			r.Answers[id] = a
		})
		if err != nil {
			return ui.Notice{Text: words.Get("lesson.unkept", err), Bad: true}
		}
		return nil
	}
}

// SetSize says how much room there is.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.layOut()
}

// SetContext gives theme, words and keys anew.
func (m *Model) SetContext(ctx ui.Context) {
	if m.ctx.Text == nil {
		m.hex = hexview.New(ctx.Theme)
		m.hex.SetFocus(true)
	}
	m.ctx = ctx
	m.hex.SetTheme(ctx.Theme)
	k := ctx.Keys
	m.hex.KeyMap = hexview.KeyMap{
		Left: k.Left, Right: k.Right, Up: k.Up, Down: k.Down, PageUp: k.PageUp, PageDown: k.PageDown, Top: k.Top, Bottom: k.Bottom,
	}
	m.layOut()
}

func (m *Model) layOut() {
	if m.ctx.Text == nil || m.width == 0 {
		return
	}
	width := min(m.width-4, measure)
	m.view.SetWidth(width)
	m.view.SetHeight(max(m.height-3, 1))
	if m.at == len(m.items) {
		m.view.SetContent(m.result(width))
		return
	}
	var text string
	text, m.starts = m.question(width)
	m.view.SetContent(text)
	if m.items[m.at].Kind == lessons.FindByte {
		lines := min(strings.Count(text, "\n")+1, max(m.height-3-minHex, 1))
		m.view.SetHeight(lines)
		m.hex.SetSize(width, m.height-3-lines-1)
	}
}

// Title names the lesson and the quiz.
func (m *Model) Title() string {
	return m.lesson.Title.In(m.ctx.Lang()) + " " + m.ctx.Theme.Signs.Cursor + " " + m.ctx.Text.Get("quiz.title")
}

// Reading gives the words of the question.
func (m *Model) Reading() string {
	if m.at == len(m.items) {
		return m.result(measure)
	}
	text, _ := m.question(measure)
	return text
}

// Help gives the keys that work now.
func (m *Model) Help() help.KeyMap {
	k, words := m.ctx.Keys, m.ctx.Text
	enter := k.Open
	if m.at < len(m.items) && !m.answered && m.items[m.at].Kind == lessons.FindByte {
		enter.SetHelp(enter.Help().Key, words.Get("quiz.key.answer"))
		return ui.Keys{
			Short: []key.Binding{k.Left, k.Right, k.Up, k.Down, enter},
			Full:  [][]key.Binding{{k.Left, k.Right, k.Up, k.Down, k.PageUp, k.PageDown, enter}},
		}
	}
	if m.at == len(m.items) {
		enter.SetHelp(enter.Help().Key, words.Get("quiz.key.next"))
		again := k.Restart
		again.SetHelp(again.Help().Key, words.Get("quiz.key.again"))
		again.SetEnabled(len(m.missed) > 0)
		return ui.Keys{Short: []key.Binding{enter, again}, Full: [][]key.Binding{{enter, again}}}
	}
	if m.answered {
		enter.SetHelp(enter.Help().Key, words.Get("quiz.key.next"))
		return ui.Keys{Short: []key.Binding{enter, k.Down, k.Up}, Full: [][]key.Binding{{enter, k.Down, k.Up, k.PageDown, k.PageUp}}}
	}
	enter.SetHelp(enter.Help().Key, words.Get("quiz.key.answer"))
	return ui.Keys{Short: []key.Binding{k.Choose, k.Choice, enter}, Full: [][]key.Binding{{k.Up, k.Down, k.Choice, k.Number, enter}}}
}

// Typing is false: nothing is typed here.
func (m *Model) Typing() bool { return false }

// Cursor is nil: nothing is typed here.
func (m *Model) Cursor() *tea.Cursor { return nil }

// Close ends what runs.
func (m *Model) Close() { m.end() }
