package quiz

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"surel/lessons"
)

// The place of what is asked on the screen, in cells.
const (
	left = 2
	top  = 2
)

// click chooses the option under the mouse, or puts the cursor on the byte.
func (m *Model) click(at tea.MouseClickMsg) {
	if m.at == len(m.items) || m.answered {
		return
	}
	x, y := at.X-left, at.Y-top
	if m.items[m.at].Kind == lessons.FindByte {
		m.hex.ChooseCell(x, y-m.view.Height()-1)
		return
	}
	if y < 0 || y >= m.view.Height() {
		return
	}
	if i := slices.Index(m.starts, y+m.view.YOffset()); i >= 0 {
		m.cursor = i
		m.choose(i)
	}
}

// again begins anew with the questions that were not answered rightly.
func (m *Model) again() tea.Cmd {
	items := m.missed
	*m = Model{
		ctx: m.ctx, lesson: m.lesson, progress: m.progress, items: items, view: m.view, hex: m.hex, run: m.run,
		life: m.life, end: m.end, round: m.round + 1, width: m.width, height: m.height,
	}
	m.hex.SetBytes(nil, nil)
	m.view.GotoTop()
	return m.prepare()
}
