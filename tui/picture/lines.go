package picture

import (
	"cmp"
	"fmt"
	"image/color"
	"slices"
	"strings"
	"sync"

	"surel/tui/theme"
)

// arms are the weights of the four arms of a box-drawing character.
type arms struct{ up, right, down, left theme.Weight }

// boxes gives the arms of every character that Theme.Crossing draws. Fonts leave
// gaps between such characters, so a picture draws them as lines.
var boxes = sync.OnceValue(func() map[rune]arms {
	all, t := map[rune]arms{}, theme.New(theme.Options{})
	for i := range 81 {
		w := func(n int) theme.Weight { return theme.Weight(i / n % 3) } //nolint:gosec // 0, 1 or 2
		a := arms{w(27), w(9), w(3), w(1)}
		for _, r := range t.Crossing(a.up, a.right, a.down, a.left) {
			all[r] = a
		}
	}
	delete(all, ' ')
	return all
})

// stroke is a straight line in one colour: across at the height at, or down at
// the column at, from one place to another, in pixels.
type stroke struct {
	colour   color.RGBA
	weight   theme.Weight
	down     bool
	at       int
	from, to int
}

// strokes gives the lines of a character whose cell begins at x, y.
func (a arms) strokes(x, y int, c color.RGBA) []stroke {
	mx, my := x+cellWidth/2, y+cellHeight/2
	var all []stroke
	for _, s := range []stroke{
		{c, a.left, false, my, x, mx},
		{c, a.right, false, my, mx, x + cellWidth},
		{c, a.up, true, mx, y, my},
		{c, a.down, true, mx, my, y + cellHeight},
	} {
		if s.weight != theme.None {
			all = append(all, s)
		}
	}
	return all
}

// compare orders strokes so that those that can be joined stand together.
func compare(a, b stroke) int {
	return cmp.Or(
		strings.Compare(hex(a.colour), hex(b.colour)), cmp.Compare(a.weight, b.weight),
		cmp.Compare(boolInt(a.down), boolInt(b.down)), cmp.Compare(a.at, b.at), cmp.Compare(a.from, b.from),
	)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// join makes one stroke of those that touch.
func join(all []stroke) []stroke {
	slices.SortFunc(all, compare)
	var out []stroke
	for _, s := range all {
		if n := len(out) - 1; n >= 0 {
			if last := out[n]; last.colour == s.colour && last.weight == s.weight && last.down == s.down && last.at == s.at && last.to >= s.from {
				out[n].to = max(last.to, s.to)
				continue
			}
		}
		out = append(out, s)
	}
	return out
}

// paths draws strokes, one path for each colour and weight.
func paths(all []stroke) string {
	var b strings.Builder
	all = join(all)
	for i, s := range all {
		if i == 0 || s.colour != all[i-1].colour || s.weight != all[i-1].weight {
			if i > 0 {
				b.WriteString("\"/>\n")
			}
			fmt.Fprintf(&b, `<path fill="none" stroke="%s" stroke-width="%d" d="`, hex(s.colour), s.weight)
		}
		if s.down {
			fmt.Fprintf(&b, "M%d %dV%d", s.at, s.from, s.to)
		} else {
			fmt.Fprintf(&b, "M%d %dH%d", s.from, s.at, s.to)
		}
	}
	if len(all) > 0 {
		b.WriteString("\"/>\n")
	}
	return b.String()
}
