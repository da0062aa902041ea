package picture

import (
	"fmt"
	"html"
	"image/color"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
)

// The size of a cell, and of the margin around the screen, in pixels.
const (
	cellWidth  = 8
	cellHeight = 18
	fontSize   = 13
	baseline   = 13
	margin     = 12
)

// fonts are what the text is drawn with. Every word gets its place and its
// width, so the columns stand whichever the reader has.
const fonts = `ui-monospace,'SF Mono','Cascadia Mono',Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace`

// SVG draws a screen. The title is for those who cannot see it.
func SVG(w io.Writer, s *Screen, title string) error {
	d := drawing{}
	for y, row := range s.Rows {
		d.row(y, row)
	}
	width, height := 2*margin, 2*margin+len(s.Rows)*cellHeight
	if len(s.Rows) > 0 {
		width += len(s.Rows[0]) * cellWidth
	}
	_, err := fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img">
<title>%s</title>
<style>text{font:%dpx %s;white-space:pre}%s</style>
<rect width="100%%" height="100%%" rx="8" fill="%s"/>
%s%s%s</svg>
`, width, height, html.EscapeString(title), fontSize, fonts, d.styles(), hex(paper), d.backs.String(), paths(d.strokes), d.text.String())
	if err != nil {
		return fmt.Errorf("draw picture: %w", err)
	}
	return nil
}

// drawing gathers the parts of a picture.
type drawing struct {
	backs, text strings.Builder
	strokes     []stroke
	looks       []look
}

// row draws one line of cells, run by run of the same look.
func (d *drawing) row(y int, row []uv.Cell) {
	for from := 0; from < len(row); {
		l := lookOf(row[from].Style)
		to := from + 1
		for to < len(row) && lookOf(row[to].Style) == l {
			to++
		}
		d.run(margin+from*cellWidth, margin+y*cellHeight, row[from:to], l)
		from = to
	}
}

// run draws cells of one look that begin at x, y.
func (d *drawing) run(x, y int, cells []uv.Cell, l look) {
	if l.bg != paper {
		fmt.Fprintf(&d.backs, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`+"\n", x, y, len(cells)*cellWidth, cellHeight, hex(l.bg))
	}
	var word strings.Builder
	from, wide := 0, 0
	end := func() {
		if wide > 0 {
			d.word(from, y, wide*cellWidth, word.String(), l)
		}
		word.Reset()
		wide = 0
	}
	for i, c := range cells {
		cx := x + i*cellWidth
		r, _ := utf8.DecodeRuneInString(c.Content)
		a, box := boxes()[r]
		switch {
		case box:
			end()
			d.strokes = append(d.strokes, a.strokes(cx, y, l.fg)...)
		case c.Content == "": // the rest of a wide cell
		case strings.TrimSpace(c.Content) == "":
			end()
		case r >= utf8.RuneSelf: // a sign from another font may be wider than its cell
			end()
			d.word(cx, y, 0, c.Content, l)
		default:
			if wide == 0 {
				from = cx
			}
			word.WriteString(c.Content)
			wide++
		}
	}
	end()
}

// word draws letters that begin at x and are made to be wide pixels wide,
// whatever the font; as wide as they come where that is 0.
func (d *drawing) word(x, y, wide int, letters string, l look) {
	length := ""
	if wide > cellWidth {
		length = fmt.Sprintf(` textLength="%d"`, wide)
	}
	fmt.Fprintf(&d.text, `<text class="%s" x="%d" y="%d"%s>%s</text>`+"\n", d.class(l), x, y+baseline, length, html.EscapeString(letters))
}

// class gives the name of a look.
func (d *drawing) class(l look) string {
	l.bg = color.RGBA{} // drawn behind the letters
	i := slices.Index(d.looks, l)
	if i < 0 {
		i = len(d.looks)
		d.looks = append(d.looks, l)
	}
	return "c" + strconv.Itoa(i)
}

// styles gives the style sheet of all looks.
func (d *drawing) styles() string {
	var b strings.Builder
	for i, l := range d.looks {
		fmt.Fprintf(&b, ".c%d{fill:%s", i, hex(l.fg))
		if l.bold {
			b.WriteString(";font-weight:bold")
		}
		if l.underline {
			b.WriteString(";text-decoration:underline")
		}
		b.WriteString("}")
	}
	return b.String()
}
