package explorer

import (
	"fmt"
	"strings"

	"surel/protocols/visible"
	"surel/tui/theme"
	"surel/tui/widget/line"
)

// View draws the screen.
func (m *Model) View() string {
	if m.layout.states.width == 0 {
		return ""
	}
	m.setEmpty()
	return m.frame.Join(m.ladder.View(), m.meaning.View(), m.tree.View(), m.hex.View(), m.boxView(), m.asideView()) +
		"\n" + m.states.View() + "\n" + strings.Join(m.below(), "\n")
}

// boxView draws the pane of the mailbox, or that of the name system in its
// place.
func (m *Model) boxView() string {
	if m.hasBoard() {
		return m.names.board.View()
	}
	return m.box.pane.View()
}

// setEmpty says what to do where the ladder has no rows.
func (m *Model) setEmpty() {
	words := m.ctx.Text.Get("explorer.empty")
	switch {
	case m.watched != nil:
		words = m.ctx.Text.Get("explorer.watch.empty")
	case m.typing:
		words = m.ctx.Text.Get("explorer.empty.typing")
	case m.free || m.try.hides():
		words = m.ctx.Text.Get("explorer.empty.try")
	}
	if m.filter.text != "" {
		words = m.ctx.Text.Get("explorer.filter.nothing", visible.String(m.filter.text))
	}
	width, _ := inner(m.layout.ladder)
	m.ladder.SetEmpty(append([]string{""}, line.Wrap(words, width-2)...))
}

// below gives the lines below the panes: what is being typed, what went wrong,
// or what comes next.
func (m *Model) below() []string {
	var lines []string
	news := m.news()
	switch {
	case m.ask.open:
		lines = []string{m.ask.input.View(), m.text(m.askHelp())}
	case m.typing && news != nil:
		typed, _, _ := strings.Cut(m.prompt.View(), "\n")
		lines = append([]string{typed}, news...)
	case m.typing:
		lines = strings.Split(m.prompt.View(), "\n")
	case news != nil:
		lines = news
	default:
		lines = m.comingLines()
	}
	for len(lines) < m.layout.below.height {
		lines = append(lines, line.Blank(m.width))
	}
	return lines[:m.layout.below.height]
}

// news says what went wrong, or that something takes its time; nil for neither.
func (m *Model) news() []string {
	if m.run.slow {
		return []string{m.text(m.ctx.Text.Get("explorer.waiting", strings.Repeat(".", m.run.blinks%4)))}
	}
	return m.troubleLines()
}

// askHelp is the line below a question.
func (m *Model) askHelp() string {
	n := len(m.reader.Entries())
	switch m.ask.about {
	case askJump:
		return m.ctx.Text.Get("explorer.ask.jump", n)
	case askOutside:
		return m.ctx.Text.Get("outside.help")
	case askFilter:
	}
	return m.ctx.Text.Get("explorer.ask.filter", len(m.filter.matches), n)
}

// comingLines say what comes next, and what to watch.
func (m *Model) comingLines() []string {
	a, more := m.run.upcoming()
	first, caption := m.ctx.Text.Get("explorer.end"), m.ctx.Text.Get("explorer.end.next")
	switch {
	case m.watched != nil:
		first, caption = m.ctx.Text.Get("explorer.watching"), ""
		if m.watched.Closed.IsZero() {
			caption = m.ctx.Text.Get("explorer.watching.next")
		}
	case m.free:
		first, caption = m.ctx.Text.Get("try.free"), m.ctx.Text.Get("try.free.about")
	case m.try.hides():
		first, caption = m.ctx.Text.Get("try.type"), m.try.task.Way.Intro.In(m.ctx.Lang())
	}
	if more {
		first = m.ctx.Theme.Signs.Prompt + " " + m.comingText(&a)
		caption = a.Caption.In(m.ctx.Lang())
	}
	status := line.Cut(m.status(), m.width*2/3, m.ctx.Theme.Signs.Ellipsis)
	room := m.width - line.Width(status) - 3
	lines := []string{
		" " + m.inks.Strong.Paint(line.Fit(first, room, m.ctx.Theme.Signs.Ellipsis)) + " " + m.inks.Faint.Paint(status) + " ",
	}
	if m.hold.on {
		lines = append(lines, m.holdLine())
	}
	for _, l := range line.WrapInto(caption, m.width-4, m.layout.below.height-len(lines)) {
		lines = append(lines, m.text("  "+l))
	}
	return lines
}

// status says in short where we are and what goes on.
func (m *Model) status() string {
	var parts []string
	if m.auto.on {
		parts = append(parts, m.ctx.Text.Get("explorer.auto", m.auto.pace().Seconds()))
	}
	if lane := m.filter.lane; lane > 0 && lane <= len(m.lanes.heads) {
		parts = append(parts, m.ctx.Text.Get("explorer.lane", m.lanes.heads[lane-1].Client))
	}
	if m.filter.text != "" {
		parts = append(parts, m.ctx.Text.Get("explorer.filtered", visible.String(m.filter.text), len(m.filter.matches)))
	}
	if h := m.hold; h.on && h.made > 0 {
		parts = append(parts, m.ctx.Text.Get("explorer.hold.score", h.right, h.made))
	}
	if n := len(m.reader.Entries()); n > 0 {
		parts = append(parts, fmt.Sprintf("%d/%d", m.ladder.Cursor()+1, n))
	}
	return strings.Join(parts, "  ")
}

// holdLine asks for a guess, or says how the last one went.
func (m *Model) holdLine() string {
	h, words, signs := m.hold, m.ctx.Text, m.ctx.Theme.Signs
	switch {
	case m.holds():
		return m.paint(m.inks.Strong, m.question())
	case h.last != "" && h.lastGood:
		return m.paint(m.inks.Good, signs.Check+" "+words.Get("explorer.hold.right", visible.String(h.last)))
	case h.last != "":
		return m.paint(m.inks.Error, signs.Cross+" "+words.Get("explorer.hold.wrong", visible.String(h.last)))
	}
	return m.text(words.Get("explorer.hold.on"))
}

// question asks for a guess.
func (m *Model) question() string {
	a, _ := m.run.upcoming()
	all := choices(&a)
	if all == nil {
		return m.ctx.Text.Get("explorer.hold.guess", m.hold.guess+"_")
	}
	keys := make([]string, len(all))
	for i, outcome := range all {
		keys[i] = strings.ToLower(outcome[:1]) + ": " + outcome
	}
	return m.ctx.Text.Get("explorer.hold.choose", strings.Join(keys, ", "), m.hold.guess+"_")
}

// text gives one line below the panes.
func (m *Model) text(s string) string { return m.paint(m.inks.Text, s) }

func (m *Model) paint(ink theme.Ink, s string) string {
	return ink.Paint(line.Fit(" "+s, m.width, m.ctx.Theme.Signs.Ellipsis))
}
