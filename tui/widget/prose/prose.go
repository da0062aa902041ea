// Package prose draws text that is written in Markdown. Start with Render.
package prose

import (
	"math"
	"strings"

	"charm.land/glamour/v2"
	"github.com/charmbracelet/x/ansi"

	"surel/tui/theme"
	"surel/tui/widget/block"
)

// Render draws a text in Markdown with lines of at most width cells. The text must not
// hold control characters but line ends.
func Render(t theme.Theme, markdown string, width int) string {
	r, err := glamour.NewTermRenderer(glamour.WithStyles(t.Prose()), glamour.WithWordWrap(max(width, 1)))
	if err != nil {
		return block.Wrap(markdown, width)
	}
	drawn, err := r.Render(markdown)
	if err != nil {
		return block.Wrap(markdown, width)
	}
	lines := strings.Split(tame(drawn), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// tame takes out of a drawn text all control characters and sequences but line ends
// and styles: in Markdown "&#27;" is an escape character, and links are sequences.
func tame(drawn string) string {
	var b strings.Builder
	var state byte
	for len(drawn) > 0 {
		seq, width, n, next := ansi.DecodeSequence(drawn, state, nil)
		if width > 0 || seq == "\n" || isStyle(seq) {
			b.WriteString(seq)
		}
		drawn, state = drawn[n:], next
	}
	return b.String()
}

// isStyle tells whether a sequence only selects how text looks (ECMA-48 SGR).
func isStyle(seq string) bool {
	params, ok := strings.CutPrefix(seq, "\x1b[")
	params, end := strings.CutSuffix(params, "m")
	return ok && end && strings.Trim(params, "0123456789;:") == ""
}

// Plain gives the words of a text in Markdown, with a space between two, and nothing
// that only says how they look.
func Plain(markdown string) string {
	drawn := Render(theme.New(theme.Options{}), markdown, math.MaxInt16)
	return strings.Join(strings.Fields(ansi.Strip(drawn)), " ")
}
