// Package block cuts and fills rectangles of text. Start with Fit.
package block

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"surel/tui/widget/line"
)

// Fit makes text exactly width cells wide and height lines high: it cuts what
// is too much and fills with spaces.
func Fit(text string, width, height int) string {
	lines := strings.Split(text, "\n")
	out := make([]string, height)
	for i := range out {
		row := ""
		if i < len(lines) {
			row = ansi.Truncate(lines[i], width, "")
		}
		out[i] = row + strings.Repeat(" ", max(width-ansi.StringWidth(row), 0))
	}
	return strings.Join(out, "\n")
}

// Wrap breaks text between words into lines of at most width cells.
func Wrap(text string, width int) string { return strings.Join(line.Wrap(text, width), "\n") }

// Plain takes the marks off the terms of the wire in a text, which stand between
// backticks.
func Plain(text string) string { return strings.ReplaceAll(text, "`", "") }

// Indent puts n spaces before every line.
func Indent(text string, n int) string {
	pad := strings.Repeat(" ", max(n, 0))
	return pad + strings.ReplaceAll(text, "\n", "\n"+pad)
}

// Beside puts blocks side by side, their tops in one line.
func Beside(blocks ...string) string { return lipgloss.JoinHorizontal(lipgloss.Top, blocks...) }
