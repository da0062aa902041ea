// Package panes draws the frames of panes that stand side by side and share
// their borders, and puts the views of the panes into them. Start with New and
// Frame.Join.
package panes

import (
	"strings"

	"surel/tui/theme"
	"surel/tui/widget/line"
)

// Pane is one framed rectangle, in cells, its borders included. Two panes
// share a border where their rectangles overlap by one cell. A pane without
// width or height is not drawn.
type Pane struct {
	Title               string
	X, Y, Width, Height int
	// Focus draws the border heavy.
	Focus bool
}

func (p Pane) hidden() bool { return p.Width < 3 || p.Height < 2 }

// Frame is the borders of a set of panes, drawn once and used for every frame
// until the layout, the focus or the theme changes.
type Frame struct{ rows [][]piece }

// piece is a stretch of one row: border that is drawn already, or one row of
// a pane's view.
type piece struct {
	drawn string
	pane  int // -1 for border
	row   int
}

// New draws the borders of panes on a rectangle of the given size.
func New(width, height int, panes []Pane, t theme.Theme) Frame {
	g := newGrid(width, height, t)
	for _, heavy := range []bool{false, true} {
		for i, p := range panes {
			if !p.hidden() && p.Focus == heavy {
				g.box(i, p)
			}
		}
	}
	for _, p := range panes {
		if !p.hidden() {
			g.title(p)
		}
	}
	return Frame{g.pieces()}
}

// Join puts the views, one for each pane, into the frame. A view has a line
// for each row of its pane, each as wide as the pane.
func (f Frame) Join(views ...string) string {
	lines := make([][]string, len(views))
	size := 0
	for i, v := range views {
		lines[i] = strings.Split(v, "\n")
		size += len(v)
	}
	var b strings.Builder
	b.Grow(2 * size)
	for y, row := range f.rows {
		if y > 0 {
			b.WriteByte('\n')
		}
		for _, p := range row {
			if p.pane >= 0 && p.pane < len(lines) && p.row < len(lines[p.pane]) {
				b.WriteString(lines[p.pane][p.row])
			} else {
				b.WriteString(p.drawn)
			}
		}
	}
	return b.String()
}

// titled gives the title with room around it, cut to the border; in focus it
// has a mark, too, because colour and weight alone may not be seen.
func titled(p Pane, t theme.Theme) string {
	mark := " "
	if p.Focus {
		mark = " " + t.Signs.Bullet + " "
	}
	return line.Cut(mark+p.Title+" ", p.Width-2, t.Signs.Ellipsis)
}
