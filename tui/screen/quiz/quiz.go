// Package quiz is the screen with the questions of a lesson, one at a time. Start
// with New.
package quiz

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"charm.land/bubbles/v2/help"
	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/viewport"
	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/lessons/progress"
	"surel/tui/ui"
	"surel/tui/widget/block"
)

// measure is how wide a line of text may be and still read well, in cells.
const measure = 76

// Model is the screen.
type Model struct {
	ctx      ui.Context
	lesson   lessons.Lesson
	progress ui.Progress
	items    []lessons.QuizItem // with their options in the order of this time
	at       int                // the question; len(items) at the end
	cursor   int                // the option
	chosen   []string           // keys, in the order of choosing
	answered bool
	right    int // questions that were answered rightly at once
	view     viewport.Model
	width    int
	height   int
}

var _ ui.Screen = (*Model)(nil)

// New makes the screen for the questions of a lesson. Options come in an order that
// shuffle gives; a nil shuffle takes one by chance.
func New(l lessons.Lesson, p ui.Progress, shuffle func(n int, swap func(i, j int))) *Model {
	if shuffle == nil {
		shuffle = rand.Shuffle
	}
	m := &Model{lesson: l, progress: p, items: slices.Clone(l.Quiz), view: viewport.New()}
	for i := range m.items {
		options := slices.Clone(m.items[i].Options)
		shuffle(len(options), func(a, b int) { options[a], options[b] = options[b], options[a] })
		m.items[i].Options = options
	}
	return m
}

// Init starts nothing.
func (m *Model) Init() tea.Cmd { return nil }

// Update moves over the options, chooses, answers and goes on.
func (m *Model) Update(msg tea.Msg) (ui.Screen, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		cmd = m.press(msg)
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
	case m.at == len(m.items) || m.answered:
		m.scroll(msg)
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
	if q.Kind == lessons.Single {
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
		m.cursor, m.chosen, m.answered = 0, nil, false
		m.view.GotoTop()
		return nil
	}
	q := &m.items[m.at]
	if q.Kind == lessons.Single && len(m.chosen) == 0 {
		m.choose(m.cursor)
	}
	if len(m.chosen) == 0 || q.Kind == lessons.Ordering && len(m.chosen) < len(q.Options) {
		return ui.Complain(m.ctx.Text.Get("quiz.incomplete"))
	}
	m.answered = true
	m.view.GotoTop()
	right := q.IsRight(m.chosen)
	if right {
		m.right++
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
	m.ctx = ctx
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
		m.view.SetContent(m.end(width))
		return
	}
	m.view.SetContent(m.question(width))
}

// question draws the question with lines of at most width cells.
func (m *Model) question(width int) string {
	q, t, lang := &m.items[m.at], m.ctx.Theme, m.ctx.Lang()
	parts := []string{t.Title.Render(block.Wrap(block.Plain(q.Ask.In(lang)), width))}
	if m.answered {
		verdict := t.Error.Render(t.Signs.Cross + " " + m.ctx.Text.Get("quiz.wrong"))
		if q.IsRight(m.chosen) {
			verdict = t.Good.Render(t.Signs.Check + " " + m.ctx.Text.Get("quiz.right"))
		}
		return strings.Join(append(parts, verdict, m.answers(q, width)), "\n\n")
	}
	parts = append(parts, t.Faint.Render(block.Wrap(m.ctx.Text.Get(kindLabels[q.Kind]), width)))
	var lines []string
	for i, o := range q.Options {
		cursor, style := " ", t.Text
		if i == m.cursor {
			cursor, style = t.Signs.Cursor, t.Selected
		}
		mark := m.mark(q, o.Key)
		text := strings.Split(block.Wrap(block.Plain(o.Text.In(lang)), width-8), "\n")
		for n, line := range text {
			head := strings.Repeat(" ", 7)
			if n == 0 {
				head = fmt.Sprintf("%s %d %s ", cursor, i+1, mark)
			}
			lines = append(lines, head+style.Render(line))
		}
	}
	return strings.Join(append(parts, strings.Join(lines, "\n")), "\n\n")
}

var kindLabels = map[lessons.QuestionKind]string{
	lessons.Single: "quiz.single", lessons.Multiple: "quiz.multiple", lessons.Ordering: "quiz.ordering",
}

// mark shows whether an option is chosen, or as which.
func (m *Model) mark(q *lessons.QuizItem, option string) string {
	at := slices.Index(m.chosen, option)
	switch {
	case at < 0:
		return "[ ]"
	case q.Kind == lessons.Ordering:
		return fmt.Sprintf("[%d]", at+1)
	}
	return "[" + m.ctx.Theme.Signs.Check + "]"
}

// answers draws the options with why each is right or wrong, those of an ordering
// in their order.
func (m *Model) answers(q *lessons.QuizItem, width int) string {
	t, lang := m.ctx.Theme, m.ctx.Lang()
	options := slices.Clone(q.Options)
	if q.Kind == lessons.Ordering {
		slices.SortFunc(options, func(a, b lessons.Option) int {
			return slices.Index(q.Right, a.Key) - slices.Index(q.Right, b.Key)
		})
	}
	var parts []string
	for i, o := range options {
		sign, style := t.Signs.Cross, t.Error
		if slices.Contains(q.Right, o.Key) {
			sign, style = t.Signs.Check, t.Good
		}
		if q.Kind == lessons.Ordering {
			sign = strconv.Itoa(i + 1)
		}
		text := block.Plain(o.Text.In(lang))
		if q.Kind != lessons.Ordering && slices.Contains(m.chosen, o.Key) {
			text += " " + m.ctx.Text.Get("quiz.yours")
		}
		parts = append(parts, style.Render(sign)+" "+strings.TrimPrefix(block.Indent(t.Strong.Render(block.Wrap(text, width-2)), 2), "  ")+"\n"+
			block.Indent(t.Text.Render(block.Wrap(block.Plain(o.Why.In(lang)), width-2)), 2))
	}
	return strings.Join(parts, "\n")
}

// end says how it went.
func (m *Model) end(width int) string {
	words := m.ctx.Text
	return m.ctx.Theme.Title.Render(words.Get("quiz.end")) + "\n\n" +
		block.Wrap(words.Get("quiz.score", m.right, len(m.items)), width)
}

// View draws the screen.
func (m *Model) View() string {
	t := m.ctx.Theme
	rule := t.Border.Render(strings.Repeat(t.Lines.Top, m.width))
	body := block.Fit(block.Indent(m.view.View(), 2), m.width, m.height-3)
	foot := " " + m.ctx.Text.Get("quiz.at", min(m.at+1, len(m.items)), len(m.items))
	if !m.view.AtBottom() {
		foot += "   " + t.Signs.Down + " " + m.ctx.Text.Get("cards.more")
	}
	return strings.Join([]string{rule, block.Fit("", m.width, 1), body, t.Faint.Render(block.Fit(foot, m.width, 1))}, "\n")
}

// Title names the lesson and the quiz.
func (m *Model) Title() string {
	return m.lesson.Title.In(m.ctx.Lang()) + " " + m.ctx.Theme.Signs.Cursor + " " + m.ctx.Text.Get("quiz.title")
}

// Help gives the keys that work now.
func (m *Model) Help() help.KeyMap {
	k, words := m.ctx.Keys, m.ctx.Text
	enter := k.Open
	if m.at == len(m.items) || m.answered {
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

// Close ends nothing.
func (m *Model) Close() {}
