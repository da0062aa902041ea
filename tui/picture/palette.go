package picture

import (
	"fmt"
	"image/color"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// paper and ink are the colours of a picture where the program names none.
// The picture brings its own paper, so that it reads on a light page and on a
// dark one.
var (
	paper = color.RGBA{0x17, 0x1b, 0x24, 0xff}
	ink   = color.RGBA{0xd7, 0xdd, 0xe8, 0xff}
)

// sixteen are the terminal's own colours.
var sixteen = [16]color.RGBA{
	{0x3b, 0x42, 0x52, 0xff},
	{0xf0, 0x71, 0x78, 0xff},
	{0x9c, 0xd0, 0x7a, 0xff},
	{0xf2, 0xc5, 0x6b, 0xff},
	{0x7a, 0xb0, 0xff, 0xff},
	{0xd9, 0x96, 0xf0, 0xff},
	{0x5c, 0xd0, 0xd8, 0xff},
	{0xd7, 0xdd, 0xe8, 0xff},
	{0x6b, 0x75, 0x87, 0xff},
	{0xff, 0x8b, 0x92, 0xff},
	{0xb5, 0xe8, 0x90, 0xff},
	{0xff, 0xd8, 0x85, 0xff},
	{0x99, 0xc4, 0xff, 0xff},
	{0xe8, 0xb3, 0xff, 0xff},
	{0x85, 0xe5, 0xec, 0xff},
	{0xff, 0xff, 0xff, 0xff},
}

// look is how a cell is drawn.
type look struct {
	fg, bg          color.RGBA
	bold, underline bool
}

// lookOf reads a cell's style.
func lookOf(s uv.Style) look {
	l := look{fg: rgb(s.Fg, ink), bg: rgb(s.Bg, paper), bold: s.Attrs&uv.AttrBold != 0, underline: s.Underline != uv.UnderlineNone}
	if s.Attrs&uv.AttrReverse != 0 {
		l.fg, l.bg = l.bg, l.fg
	}
	if s.Attrs&uv.AttrFaint != 0 {
		l.fg = mix(l.fg, l.bg)
	}
	return l
}

func rgb(c color.Color, none color.RGBA) color.RGBA {
	switch c := c.(type) {
	case nil:
		return none
	case ansi.BasicColor:
		return sixteen[c&15]
	default:
		r, g, b, _ := c.RGBA()
		return color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 0xff} //nolint:gosec // 16 bits to 8
	}
}

// mix gives a colour that is three parts of a and two of b.
func mix(a, b color.RGBA) color.RGBA {
	m := func(a, b uint8) uint8 { return uint8((3*int(a) + 2*int(b)) / 5) } //nolint:gosec // a mean of bytes is a byte
	return color.RGBA{m(a.R, b.R), m(a.G, b.G), m(a.B, b.B), 0xff}
}

func hex(c color.RGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }
