package explorer

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// pane is one of the panes that can have the focus.
type pane int

const (
	ladderPane pane = iota
	meaningPane
	treePane
	hexPane
	boxPane
	taskPane
	paneCount
)

// turn moves the focus to the next pane that can be seen, or the one before.
func (m *Model) turn(by pane) {
	next := m.focus
	for range paneCount {
		next = (next + by + paneCount) % paneCount
		if m.layout.shows(next) {
			break
		}
	}
	m.focusOn(next)
}

// focusOn gives a pane the focus.
func (m *Model) focusOn(p pane) {
	if m.focus != p {
		m.focus = p
		m.arrange()
	}
}

// walk gives a key to the pane in focus.
func (m *Model) walk(k tea.KeyPressMsg) tea.Cmd {
	if k.Code == tea.KeySpace { // goes forward from every pane
		m.halt()
		return m.forward()
	}
	switch m.focus {
	case treePane:
		m.tree, _ = m.tree.Update(k)
		m.showField()
	case hexPane:
		m.hex, _ = m.hex.Update(k)
		m.showByte()
	case meaningPane:
		return m.scrollOr(k, &m.meaning)
	case taskPane:
		return m.scrollOr(k, m.aside())
	case boxPane:
		if m.hasBoard() {
			return m.scrollOr(k, &m.names.board)
		}
		return m.readBox(k)
	default:
		return m.walkLadder(k)
	}
	return nil
}

// scroller is a pane that is only read.
type scroller interface {
	Scroll(by int)
	Page() int
}

// scrollOr gives a key to a pane that is only read; what does not scroll it
// walks.
func (m *Model) scrollOr(k tea.KeyPressMsg, pane scroller) tea.Cmd {
	keys := m.ctx.Keys
	switch {
	case key.Matches(k, keys.Up):
		pane.Scroll(-1)
	case key.Matches(k, keys.Down):
		pane.Scroll(1)
	case key.Matches(k, keys.PageUp):
		pane.Scroll(-pane.Page())
	case key.Matches(k, keys.PageDown):
		pane.Scroll(pane.Page())
	default:
		return m.walkLadder(k)
	}
	return nil
}

// walkLadder walks over the messages.
func (m *Model) walkLadder(k tea.KeyPressMsg) tea.Cmd {
	keys := m.ctx.Keys
	switch {
	case key.Matches(k, keys.Open) && m.showing && !m.holds() && m.layout.shows(treePane):
		m.focusOn(treePane)
	case key.Matches(k, keys.Next), key.Matches(k, keys.Open) && (m.holds() || !m.showing):
		m.halt()
		return m.forward()
	case key.Matches(k, keys.Previous, keys.Up):
		m.move(-1)
	case key.Matches(k, keys.Down):
		m.move(1)
	case key.Matches(k, keys.PageUp):
		m.move(-m.ladder.Page())
	case key.Matches(k, keys.PageDown):
		m.move(m.ladder.Page())
	case key.Matches(k, keys.Top):
		m.move(-m.ladder.Len())
	case key.Matches(k, keys.Bottom):
		m.move(m.ladder.Len())
	}
	return nil
}

// move moves the cursor over the messages that there are.
func (m *Model) move(by int) {
	m.halt()
	m.ladder.Move(by)
	m.show()
}

// halt stops what moves by itself.
func (m *Model) halt() {
	m.auto = m.auto.stopped()
	m.proof.wanted = false
}

// forward goes to the next message; behind the last one it has the scenario's
// next action played.
func (m *Model) forward() tea.Cmd {
	if !m.ladder.AtEnd() {
		m.ladder.Move(1)
		m.show()
		return nil
	}
	if m.run.busy {
		// What it did may be seen before the action is quite over.
		a, _ := m.run.upcoming()
		seen := m.ladder.Cursor() != m.run.from || a.Line != m.run.line
		m.run.again = seen && !m.run.slow && !m.hold.on
		return nil
	}
	a, ok := m.run.upcoming()
	if !ok {
		return nil
	}
	m.run.line = a.Line
	m.trouble = nil
	m.run.from = m.ladder.Cursor()
	m.hold.release(m.reader)
	m.box.pane.Settle()
	return m.run.next()
}
