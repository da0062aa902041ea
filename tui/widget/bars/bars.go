// Package bars draws the lines above and below every screen: where one is, and
// which keys work. Start with Top and Bottom.
package bars

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"surel/tui/theme"
)

// Top draws the line above a screen, width cells wide: left, and at the right
// edge the parts of right, the first of which gives way last. It also gives
// the column in which the right part begins.
func Top(t theme.Theme, left string, right []string, width int) (line string, rightAt int) {
	var end string
	for _, part := range right {
		longer := strings.TrimPrefix(end+"   "+part, "   ")
		if ansi.StringWidth(longer) > width/2 {
			break
		}
		end = longer
	}
	room := width - 2 - ansi.StringWidth(end)
	if end != "" {
		room -= 2
	}
	left = ansi.Truncate(left, max(room, 0), t.Signs.Ellipsis)
	gap := max(width-2-ansi.StringWidth(left)-ansi.StringWidth(end), 0)
	line = " " + t.Title.Render(left) + strings.Repeat(" ", gap) + t.Faint.Render(end) + " "
	return line, width - 1 - ansi.StringWidth(end)
}

// Span is the place of a key in the bottom line, in cells: from From up to,
// not including, To.
type Span struct {
	From, To int
	Key      key.Binding
}

// Bottom draws the line below a screen, width cells wide: as many keys as fit,
// the first first, and always the last. It gives the place of each.
func Bottom(t theme.Theme, keys []key.Binding, last key.Binding, width int) (string, []Span) {
	const gap = "   "
	room := width - 2 - cells(last)
	var (
		b     strings.Builder
		spans []Span
	)
	at := 1
	add := func(k key.Binding) {
		b.WriteString(keyWords(t, k))
		spans = append(spans, Span{at, at + cells(k), k})
		at += cells(k)
	}
	b.WriteByte(' ')
	for _, k := range keys {
		if !k.Enabled() || k.Help().Key == last.Help().Key {
			continue
		}
		if at-1+cells(k)+len(gap) > room {
			break
		}
		add(k)
		b.WriteString(gap)
		at += len(gap)
	}
	add(last)
	return b.String() + strings.Repeat(" ", max(width-at, 0)), spans
}

// Message draws words in the place of all keys but the last, as what went well or did
// not.
func Message(t theme.Theme, words string, bad bool, last key.Binding, width int) string {
	if bad {
		return said(t, t.Error, t.Signs.Cross+" "+words, last, width)
	}
	return said(t, t.Good, t.Signs.Check+" "+words, last, width)
}

// Guide draws words that say what to do in the place of all keys but the last.
func Guide(t theme.Theme, words string, last key.Binding, width int) string {
	return said(t, t.Strong, words, last, width)
}

func said(t theme.Theme, style lipgloss.Style, words string, last key.Binding, width int) string {
	words = ansi.Truncate(words, max(width-cells(last)-5, 0), t.Signs.Ellipsis)
	gap := max(width-2-ansi.StringWidth(words)-cells(last), 0)
	return " " + style.Render(words) + strings.Repeat(" ", gap) + keyWords(t, last) + " "
}

// keyWords draws a key with its description.
func keyWords(t theme.Theme, k key.Binding) string {
	return t.Key.Render(k.Help().Key) + " " + t.Bar.Render(k.Help().Desc)
}

// cells gives the width of a key with its description.
func cells(k key.Binding) int {
	return ansi.StringWidth(k.Help().Key) + 1 + ansi.StringWidth(k.Help().Desc)
}
