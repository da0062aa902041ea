package explorer

import (
	"surel/protocols/visible"
	"surel/tui/widget/panes"
)

// asideWidth is how wide the pane of the task is, in cells.
const asideWidth = 38

// The widths from which there is more to see, and the heights, in cells.
const (
	wide    = 120 // three columns
	narrow  = 72  // below it, one pane beside the ladder
	flat    = 18  // below it, too
	roomy   = 20  // a second line for the caption
	minMain = 5   // the least height of the panes
)

// area is a rectangle of the screen, in cells.
type area struct{ x, y, width, height int }

// hidden tells that there is no room for it.
func (a area) hidden() bool { return a.width < 3 || a.height < 3 }

// layout says where everything is. The panes are given with their borders.
type layout struct {
	ladder, meaning, tree, hex, box area
	// task is beside all of them, where there is a task and room for it; elsewhere it
	// takes turns with the fields and the bytes.
	task   area
	tasked bool
	// shared is where the pane in focus stands, where there is room for one
	// beside the ladder only.
	shared area
	// boxed tells that the mailbox's files are wanted; turned, that they and
	// the panes of fields and bytes take turns in one place.
	boxed, turned bool
	states        area // one line
	below         area // what comes next, or what is being typed
}

// wants is what the panes are to show.
type wants struct {
	presenter bool
	boxed     bool // the mailbox's files
	task      bool
	lesson    bool // its text
	focus     pane
}

// plan computes the layout for a size.
func plan(width, height int, w wants) layout {
	if (w.task || w.lesson) && width >= wide && !w.presenter {
		w.task, w.lesson = false, false
		l := plan(width-asideWidth+1, height, w)
		l.makeRoom(asideWidth - 1)
		l.task = area{0, 0, asideWidth, l.states.y}
		return l
	}
	l := layout{boxed: w.boxed}
	below := 2
	if height >= roomy {
		below = 3
	}
	main := max(height-below-1, minMain)
	l.states = area{0, main, width, 1}
	l.below = area{0, main + 1, width, below}
	switch {
	case w.presenter:
		l.twoColumns(width, main)
	case width < narrow || height < flat:
		l.oneBeside(width, main)
	case width >= wide:
		l.threeColumns(width, main)
	default:
		l.twoRows(width, main, w.focus)
	}
	switch {
	case w.boxed:
		l.placeBox(width >= wide, w.focus)
	case w.task:
		l.placeTask(w.focus)
	}
	return l
}

// makeRoom moves the panes to the right and makes the lines below them as much wider.
func (l *layout) makeRoom(by int) {
	for _, a := range []*area{&l.ladder, &l.meaning, &l.tree, &l.hex, &l.box, &l.shared} {
		if *a != (area{}) {
			a.x += by
		}
	}
	l.states.width += by
	l.below.width += by
}

// twoColumns has the ladder and the meaning alone.
func (l *layout) twoColumns(width, main int) {
	left := width * 58 / 100
	l.ladder = area{0, 0, left, main}
	l.meaning = area{left - 1, 0, width - left + 1, main}
}

// oneBeside has the ladder, and beside it the pane in focus.
func (l *layout) oneBeside(width, main int) {
	left := width * 56 / 100
	l.ladder = area{0, 0, left, main}
	l.shared = area{left - 1, 0, width - left + 1, main}
}

// twoRows has the ladder left, and the other panes one above the other; the
// one in focus is the highest.
func (l *layout) twoRows(width, main int, focus pane) {
	left := width * 54 / 100
	x, w := left-1, width-left+1
	l.ladder = area{0, 0, left, main}
	rows := main - 4 // without the four borders
	tree, hex := rows*3/10, rows*2/10+1
	switch focus {
	case treePane:
		tree = rows / 2
	case hexPane:
		hex = rows * 45 / 100
	default:
	}
	l.hex = area{x, main - hex - 2, w, hex + 2}
	l.tree = area{x, l.hex.y - tree - 1, w, tree + 2}
	l.meaning = area{x, 0, w, l.tree.y + 1}
}

// threeColumns has all panes side by side, the bytes below the fields.
func (l *layout) threeColumns(width, main int) {
	left, middle := width*38/100, width*27/100
	l.ladder = area{0, 0, left, main}
	l.meaning = area{left - 1, 0, middle + 1, main}
	x := left + middle - 1
	tree := main * 55 / 100
	l.tree = area{x, 0, width - x, tree}
	l.hex = area{x, tree - 1, width - x, main - tree + 1}
}

// placeBox finds room for the mailbox's files: below the meaning, or, where
// that would leave too little of both, in the place of the fields and the
// bytes as long as neither has the focus.
func (l *layout) placeBox(columns bool, focus pane) {
	switch {
	case l.shared != (area{}):
	case columns || l.tree.hidden():
		l.box = l.meaning
		l.meaning.height = l.meaning.height * 55 / 100
		l.box.y += l.meaning.height - 1
		l.box.height -= l.meaning.height - 1
	default:
		l.turned = true
		if focus == treePane || focus == hexPane {
			return
		}
		l.box = l.tree
		l.box.height = l.hex.y + l.hex.height - l.tree.y
		l.tree, l.hex = area{}, area{}
	}
}

// placeTask finds room for the task above the meaning: in the place of the fields and
// the bytes as long as neither has the focus.
func (l *layout) placeTask(focus pane) {
	l.tasked = true
	if l.shared != (area{}) || focus == treePane || focus == hexPane {
		return
	}
	column := l.meaning
	column.height = l.ladder.height
	l.tree, l.hex = area{}, area{}
	l.task, l.meaning = column, column
	l.task.height = column.height/2 + 1
	l.meaning.y = l.task.y + l.task.height - 1
	l.meaning.height = column.height - l.task.height + 1
}

// shows tells whether a pane can be seen when it has the focus.
func (l *layout) shows(p pane) bool {
	switch {
	case p == boxPane:
		return l.boxed
	case p == taskPane:
		return l.tasked || !l.task.hidden()
	case l.tasked && l.shared == (area{}):
		return true
	case l.shared != (area{}):
		return true
	case l.turned:
		return p != boxPane
	}
	return ![...]area{l.ladder, l.meaning, l.tree, l.hex, l.box}[p].hidden()
}

// arrange tells every part its place.
func (m *Model) arrange() {
	if m.ctx.Text == nil || m.width == 0 {
		return
	}
	l := plan(m.width, m.height, wants{presenter: m.ctx.Presenter, boxed: m.box.open, task: m.showsTask(), lesson: m.beside.shows(), focus: m.focus})
	if l.shared != (area{}) {
		switch m.focus {
		case treePane:
			l.tree = l.shared
		case hexPane:
			l.hex = l.shared
		case boxPane:
			l.box = l.shared
		case taskPane:
			l.task = l.shared
		default:
			l.meaning = l.shared
		}
	} else if !l.shows(m.focus) {
		m.focus = ladderPane
	}
	m.layout = l
	m.ladder.SetSpaced(m.ctx.Presenter)
	m.ladder.SetSize(inner(l.ladder))
	m.meaning.SetSize(inner(l.meaning))
	m.assignment.SetSize(inner(l.task))
	asideWidth, asideHeight := inner(l.task)
	m.beside.layOut(m.ctx, asideWidth, asideHeight)
	m.tree.SetSize(inner(l.tree))
	m.hex.SetSize(inner(l.hex))
	m.box.pane.SetSize(inner(l.box))
	m.names.board.SetSize(inner(l.box))
	m.states.SetWidth(l.states.width)
	m.prompt.SetSize(l.below.width, l.below.height)
	m.ask.input.SetWidth(l.below.width)
	m.ladder.SetFocus(m.focus == ladderPane)
	m.tree.SetFocus(m.focus == treePane)
	m.hex.SetFocus(m.focus == hexPane)
	m.frame = panes.New(m.width, l.states.y, m.panes(), m.ctx.Theme)
	m.show()
}

func inner(a area) (width, height int) { return max(a.width-2, 0), max(a.height-2, 0) }

// panes gives the panes in the order in which View gives their contents.
func (m *Model) panes() []panes.Pane {
	titled := func(title string, a area, focus bool) panes.Pane {
		return panes.Pane{Title: title, X: a.x, Y: a.y, Width: a.width, Height: a.height, Focus: focus}
	}
	pane := func(title string, a area, focus bool) panes.Pane {
		return titled(m.ctx.Text.Get("explorer.pane."+title), a, focus)
	}
	return []panes.Pane{
		pane("ladder", m.layout.ladder, m.focus == ladderPane),
		pane("meaning", m.layout.meaning, m.focus == meaningPane),
		pane("fields", m.layout.tree, m.focus == treePane),
		pane("bytes", m.layout.hex, m.focus == hexPane),
		titled(m.boxTitle(), m.layout.box, m.focus == boxPane),
		pane(m.asideTitle(), m.layout.task, m.focus == taskPane),
	}
}

// asideTitle is the label of the pane beside everything.
func (m *Model) asideTitle() string {
	if m.try == nil {
		return "lesson"
	}
	return "task"
}

// showsTask tells whether the task has a pane: one that is done keeps it only where
// there is room for all.
func (m *Model) showsTask() bool { return m.try != nil && (!m.try.done || m.width >= wide) }

// boxTitle names the pane of the mailbox, or the page about the name system.
func (m *Model) boxTitle() string {
	if m.hasBoard() {
		return m.ctx.Text.Get("names.title." + m.page().String())
	}
	return m.ctx.Text.Get("explorer.pane.box", visible.String(m.box.address))
}
