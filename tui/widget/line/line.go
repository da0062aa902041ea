// Package line cuts and fills text to the cells of one line. Start with Fit.
//
// It knows text alone: colours are put on what it gives.
package line

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Width gives how many cells the text takes.
func Width(s string) int {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f {
			return ansi.StringWidth(s)
		}
	}
	return len(s) // the rule, and many times faster
}

// Cut shortens the text to at most width cells, with tail as the sign that
// something is missing.
func Cut(s string, width int, tail string) string {
	width = max(width, 0)
	if len(s) <= width || Width(s) <= width {
		return s
	}
	return ansi.Truncate(s, width, tail)
}

// Fit makes the text exactly width cells wide.
func Fit(s string, width int, tail string) string {
	s = Cut(s, width, tail)
	return s + Blank(width-Width(s))
}

// Blank gives n spaces; none where n is negative.
func Blank(n int) string { return strings.Repeat(" ", max(n, 0)) }

// Fill gives exactly n cells of a sign that is one cell wide.
func Fill(sign string, n int) string { return strings.Repeat(sign, max(n, 0)) }
