package explorer

import (
	tea "charm.land/bubbletea/v2"
)

// wheelStep is how many rows one turn of the wheel moves.
const wheelStep = 3

// mouse takes what the mouse does in the pane under it.
func (m *Model) mouse(msg tea.MouseMsg) {
	at := msg.Mouse()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		switch at.Button {
		case tea.MouseWheelUp:
			m.wheel(at.X, at.Y, -wheelStep)
		case tea.MouseWheelDown:
			m.wheel(at.X, at.Y, wheelStep)
		default:
		}
	case tea.MouseClickMsg:
		if at.Button == tea.MouseLeft {
			m.click(at.X, at.Y)
		}
	}
}

// wheel scrolls the pane under the mouse.
func (m *Model) wheel(x, y, by int) {
	l := &m.layout
	switch {
	case l.ladder.contains(x, y):
		m.halt()
		m.ladder.Scroll(by)
		m.show()
	case l.meaning.contains(x, y):
		m.meaning.Scroll(by)
	case l.task.contains(x, y):
		m.aside().Scroll(by)
	case l.tree.contains(x, y):
		m.tree.Move(by)
		m.showField()
	case l.hex.contains(x, y):
		m.hex.Scroll(by)
	case l.box.contains(x, y):
		if m.hasBoard() {
			m.names.board.Scroll(by)
		} else {
			m.box.pane.Scroll(by)
		}
	}
}

// click gives the focus to the pane under the mouse and chooses what is there.
func (m *Model) click(x, y int) {
	l := &m.layout
	switch {
	case l.ladder.contains(x, y):
		m.halt()
		if i, ok := m.ladder.At(y - l.ladder.y - 1); ok {
			m.ladder.Choose(i)
			m.show()
		}
		m.focusOn(ladderPane)
	case l.meaning.contains(x, y):
		m.focusOn(meaningPane)
	case l.task.contains(x, y):
		m.focusOn(taskPane)
	case l.tree.contains(x, y):
		m.tree.ChooseRow(y - l.tree.y - 1)
		m.showField()
		m.focusOn(treePane) // last, because it moves the panes
	case l.hex.contains(x, y):
		if m.hex.ChooseCell(x-l.hex.x-1, y-l.hex.y-1) {
			m.showByte()
		}
		m.focusOn(hexPane)
	case l.box.contains(x, y):
		m.focusOn(boxPane)
	}
}

// contains tells whether a cell lies inside the borders.
func (a area) contains(x, y int) bool {
	return x > a.x && x < a.x+a.width-1 && y > a.y && y < a.y+a.height-1
}
