package explorer

import (
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"surel/tui/theme"
	"surel/tui/ui"
	"surel/tui/widget/input"
)

// question is what is asked for in the line below.
type question uint8

const (
	askFilter question = iota
	askJump
	askOutside
)

// ask is a question in the line below the panes.
type ask struct {
	open  bool
	about question
	input input.Model
}

func newAsk(t theme.Theme) ask { return ask{input: input.New(t, "")} }

func (m *Model) openFilter() {
	m.halt()
	m.ask.open, m.ask.about = true, askFilter
	m.ask.input.SetMark(" / ")
	m.ask.input.SetValue(m.filter.text)
}

func (m *Model) openJump() {
	m.halt()
	m.ask.open, m.ask.about = true, askJump
	m.ask.input.SetMark(" : ")
	m.ask.input.SetValue("")
}

// answer takes a key while a question is open.
func (m *Model) answer(k tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(k, m.ctx.Keys.Back):
		m.ask.open = false
		if m.ask.about == askFilter {
			return m.setFilter("", m.filter.lane)
		}
	case key.Matches(k, m.ctx.Keys.Open):
		m.ask.open = false
		switch m.ask.about {
		case askJump:
			return m.jump(m.ask.input.Value())
		case askOutside:
			return m.leaveLab(m.ask.input.Value())
		case askFilter:
		}
	default:
		m.ask.input, _ = m.ask.input.Update(k)
		if m.ask.about == askFilter {
			return m.setFilter(m.ask.input.Value(), m.filter.lane)
		}
	}
	return nil
}

// jump goes to a message by its number, counted from 1.
func (m *Model) jump(text string) tea.Cmd {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if last := len(m.reader.Entries()); err != nil || n < 1 || n > last {
		return ui.Complain(m.ctx.Text.Get("explorer.jump.nowhere", text, last))
	}
	m.ladder.Choose(n - 1)
	m.show()
	return nil
}
