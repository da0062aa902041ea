// Package journey draws the way of a letter from the writer to the reader: the
// machines where it rests, and the protocols that carry it between them. Start
// with View.
package journey

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"surel/tui/theme"
)

// Height is the number of lines that View draws.
const Height = 2

// stop is a machine on the way, with a name for narrow screens.
type stop struct{ long, short string }

// leg is what happens between two stops: the protocols' name in print and
// their IDs. TLS tells that the bytes can be protected there.
type leg struct {
	name string
	ids  []string
	tls  bool
}

// stops and legs are the way of a letter; stops has one more.
var (
	stops = [...]stop{{"laptop", "laptop"}, {"mail.kampus", "kampus"}, {"?", "?"}, {"mx1.sekolah", "sekolah"}, {"hp", "hp"}}
	legs  = [...]leg{
		{"SMTP", []string{"smtp"}, true},
		{"DNS", []string{"dns"}, false},
		{"SMTP", []string{"smtp"}, true},
		{"POP3/IMAP", []string{"pop3", "imap", "together"}, true},
	}
)

// tls is the ID of the protocol that covers legs instead of being one.
const tls = "tls"

// View draws the way in two lines of at most width cells, from 59 up. The
// legs of the protocol with the given ID stand out: by weight, so that colour
// is not needed.
func View(t theme.Theme, id string, width int) string {
	names, before, after := plan(width)
	var way, cover strings.Builder
	for i, name := range names {
		way.WriteString(t.Strong.Render(name))
		cover.WriteString(strings.Repeat(" ", ansi.StringWidth(name)))
		if i == len(legs) {
			break
		}
		l := legs[i]
		line, style := t.Lines.Top, t.Faint
		if slices.Contains(l.ids, id) {
			line, style = t.Heavy.Top, t.Client.Bold(true)
		}
		way.WriteString(" " + style.Render(strings.Repeat(line, before)+l.name+strings.Repeat(line, after)+t.Signs.Right) + " ")
		cover.WriteString(" " + bracket(t, l, id, before+ansi.StringWidth(l.name)+after+1) + " ")
	}
	return way.String() + "\n" + strings.TrimRight(cover.String(), " ")
}

// bracket draws what protects a leg, width cells wide.
func bracket(t theme.Theme, l leg, id string, width int) string {
	if !l.tls {
		return strings.Repeat(" ", width)
	}
	border, style := t.Lines, t.Faint
	if id == tls {
		border, style = t.Heavy, t.Client.Bold(true)
	}
	const name = "TLS"
	fill := width - 2 - len(name)
	return style.Render(border.BottomLeft + strings.Repeat(border.Bottom, fill/2) + name +
		strings.Repeat(border.Bottom, fill-fill/2) + border.BottomRight)
}

// plan chooses the names, and the length of the lines before and after a
// protocol's name, for a width.
func plan(width int) (names []string, before, after int) {
	const longest = 5
	for _, long := range []bool{true, false} {
		names = names[:0]
		need := 0
		for _, s := range stops {
			name := s.short
			if long {
				name = s.long
			}
			names = append(names, name)
			need += ansi.StringWidth(name)
		}
		for _, l := range legs {
			need += ansi.StringWidth(l.name) + 3 // the head of the arrow and a space at either side
		}
		spare := (width - need) / len(legs) // for the lines of one leg
		if spare >= 2 || !long {
			spare = min(max(spare, 1), 2*longest)
			return names, (spare + 1) / 2, spare / 2
		}
	}
	return names, 1, 0
}
