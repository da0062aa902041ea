package quiz

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"surel/lessons"
	"surel/protocols/visible"
	"surel/tui/widget/block"
)

// question draws the question with lines of at most width cells, and says in which
// lines its options begin.
func (m *Model) question(width int) (text string, starts []int) {
	q, t, lang := &m.items[m.at], m.ctx.Theme, m.ctx.Lang()
	parts := []string{t.Title.Render(block.Wrap(block.Plain(q.Ask.In(lang)), width))}
	if m.answered {
		verdict := t.Error.Render(t.Signs.Cross + " " + m.ctx.Text.Get("quiz.wrong"))
		if m.wasRight {
			verdict = t.Good.Render(t.Signs.Check + " " + m.ctx.Text.Get("quiz.right"))
		}
		parts = append(parts, verdict)
		switch q.Kind {
		case lessons.FindByte:
			return strings.Join(append(parts, t.Text.Render(block.Wrap(block.Plain(q.Why.In(lang)), width))), "\n\n"), nil
		case lessons.Answering:
			parts = append(parts, m.realAnswer(q, width))
		case lessons.Single, lessons.Multiple, lessons.Ordering:
		}
		return strings.Join(append(parts, m.answers(q, width)), "\n\n"), nil
	}
	parts = append(parts, t.Faint.Render(block.Wrap(m.ctx.Text.Get(kindLabels[q.Kind]), width)))
	if q.Kind == lessons.FindByte {
		if m.real == nil {
			parts = append(parts, t.Faint.Render(m.ctx.Text.Get("quiz.running")))
		}
		return strings.Join(parts, "\n\n"), nil
	}
	var lines []string
	before := strings.Count(strings.Join(parts, "\n\n"), "\n") + 2
	for i, o := range q.Options {
		starts = append(starts, before+len(lines))
		cursor, style := " ", t.Text
		if i == m.cursor {
			cursor, style = t.Signs.Cursor, t.Selected
		}
		mark := m.mark(q, o.Key)
		for n, line := range strings.Split(block.Wrap(block.Plain(o.Text.In(lang)), width-8), "\n") {
			head := strings.Repeat(" ", 7)
			if n == 0 {
				head = fmt.Sprintf("%s %d %s ", cursor, i+1, mark)
			}
			lines = append(lines, head+style.Render(line))
		}
	}
	return strings.Join(append(parts, strings.Join(lines, "\n")), "\n\n"), starts
}

var kindLabels = map[lessons.QuestionKind]string{
	lessons.Single: "quiz.single", lessons.Multiple: "quiz.multiple", lessons.Ordering: "quiz.ordering",
	lessons.FindByte: "quiz.byte", lessons.Answering: "quiz.answering",
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
		if at := slices.Index(m.chosen, o.Key); q.Kind == lessons.Ordering && at >= 0 && at != i {
			text += " " + m.ctx.Text.Get("quiz.place", at+1)
		}
		parts = append(parts, style.Render(sign)+" "+strings.TrimPrefix(block.Indent(t.Strong.Render(block.Wrap(text, width-2)), 2), "  ")+"\n"+
			block.Indent(t.Text.Render(block.Wrap(block.Plain(o.Why.In(lang)), width-2)), 2))
	}
	return strings.Join(parts, "\n")
}

// realAnswer says what the server has answered just now.
func (m *Model) realAnswer(q *lessons.QuizItem, width int) string {
	t, words := m.ctx.Theme, m.ctx.Text
	if m.real == nil {
		return t.Faint.Render(words.Get("quiz.running"))
	}
	line, _, _ := strings.Cut(m.real.Answer, "\n")
	text := words.Get("quiz.real", q.Scenario) + "\n" + t.Server.Render(block.Wrap(visible.String(strings.TrimSpace(line)), width))
	if !q.Answers(*m.real) {
		text += "\n" + t.Error.Render(words.Get("quiz.unexpected"))
	}
	return text
}

// result says how it went.
func (m *Model) result(width int) string {
	words := m.ctx.Text
	t, lang := m.ctx.Theme, m.ctx.Lang()
	parts := []string{t.Title.Render(words.Get("quiz.end")), block.Wrap(words.Get("quiz.score", m.right, len(m.items)), width)}
	if len(m.missed) > 0 {
		lines := []string{words.Get("quiz.missed")}
		for _, q := range m.missed {
			lines = append(lines, block.Wrap(t.Signs.Cross+" "+block.Plain(q.Ask.In(lang)), width))
		}
		parts = append(parts, strings.Join(lines, "\n"))
	}
	return strings.Join(parts, "\n\n")
}

// View draws the screen.
func (m *Model) View() string {
	t := m.ctx.Theme
	rule := t.Border.Render(strings.Repeat(t.Lines.Top, m.width))
	text := m.view.View()
	if m.at < len(m.items) && m.items[m.at].Kind == lessons.FindByte {
		text += "\n\n" + m.hex.View()
	}
	body := block.Fit(block.Indent(text, 2), m.width, m.height-3)
	foot := " " + m.ctx.Text.Get("quiz.at", min(m.at+1, len(m.items)), len(m.items))
	if !m.view.AtBottom() {
		foot += "   " + t.Signs.Down + " " + m.ctx.Text.Get("cards.more")
	}
	return strings.Join([]string{rule, block.Fit("", m.width, 1), body, t.Faint.Render(block.Fit(foot, m.width, 1))}, "\n")
}
