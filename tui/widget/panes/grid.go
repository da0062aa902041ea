package panes

import (
	"strings"

	"surel/tui/theme"
	"surel/tui/widget/line"
)

// cell is one cell of the grid on which borders are drawn.
type cell struct {
	up, right, down, left theme.Weight
	inside                int // the pane whose inside this is, counted from 1
	row                   int // the row of that pane
	text                  string
	skip                  bool // covered by the text before it
}

type grid struct {
	width, height int
	cells         []cell
	theme         theme.Theme
	inks          theme.Inks
}

func newGrid(width, height int, t theme.Theme) *grid {
	width, height = max(width, 0), max(height, 0)
	return &grid{width: width, height: height, cells: make([]cell, width*height), theme: t, inks: t.Inks()}
}

// at gives a cell; one of no consequence where it lies outside.
func (g *grid) at(x, y int) *cell {
	if x < 0 || y < 0 || x >= g.width || y >= g.height {
		return &cell{}
	}
	return &g.cells[y*g.width+x]
}

// box draws the border of a pane and marks its inside.
func (g *grid) box(i int, p Pane) {
	weight := theme.Light
	if p.Focus {
		weight = theme.Heavy
	}
	right, bottom := p.X+p.Width-1, p.Y+p.Height-1
	for _, y := range []int{p.Y, bottom} {
		for x := p.X; x < right; x++ {
			g.at(x, y).right, g.at(x+1, y).left = weight, weight
		}
	}
	for _, x := range []int{p.X, right} {
		for y := p.Y; y < bottom; y++ {
			g.at(x, y).down, g.at(x, y+1).up = weight, weight
		}
	}
	for y := p.Y + 1; y < bottom; y++ {
		for x := p.X + 1; x < right; x++ {
			c := g.at(x, y)
			c.inside, c.row = i+1, y-p.Y-1
		}
	}
}

// title writes a pane's title over its upper border.
func (g *grid) title(p Pane) {
	text := titled(p, g.theme)
	width := line.Width(text)
	if p.Title == "" || width == 0 {
		return
	}
	first := g.at(p.X+1, p.Y)
	first.text = g.inks.Title.Paint(text)
	if p.Focus {
		first.text = g.inks.Focus.Paint(text)
	}
	for x := 1; x < width; x++ {
		g.at(p.X+1+x, p.Y).skip = true
	}
}

func (g *grid) pieces() [][]piece {
	rows := make([][]piece, g.height)
	for y := range rows {
		rows[y] = g.row(y)
	}
	return rows
}

// row joins the cells of a row into as few pieces as it can.
func (g *grid) row(y int) []piece {
	var pieces []piece
	var border strings.Builder
	flush := func() {
		if border.Len() > 0 {
			pieces = append(pieces, piece{drawn: border.String(), pane: -1})
			border.Reset()
		}
	}
	for x := 0; x < g.width; x++ {
		c := g.at(x, y)
		if c.inside == 0 {
			border.WriteString(g.border(c))
			continue
		}
		flush()
		start := x
		for x+1 < g.width && g.at(x+1, y).inside == c.inside {
			x++
		}
		pieces = append(pieces, piece{drawn: line.Blank(x - start + 1), pane: c.inside - 1, row: c.row})
	}
	flush()
	return pieces
}

func (g *grid) border(c *cell) string {
	weight := max(c.up, c.right, c.down, c.left)
	switch {
	case c.text != "":
		return c.text
	case c.skip:
		return ""
	case weight == theme.None:
		return " "
	}
	sign := g.theme.Crossing(c.up, c.right, c.down, c.left)
	if weight == theme.Heavy {
		return g.inks.Focus.Paint(sign)
	}
	return g.inks.Border.Paint(sign)
}
