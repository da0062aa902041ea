package theme

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestPlainIsASCIICellForCell(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ in, want string }{
		{"abc \x1b[1mdef\x1b[0m", "abc \x1b[1mdef\x1b[0m"},
		{"┌─▶ ● § …", "+-> * $ ~"},
		{"60×16 — ya", "60x16 - ya"},
		{"é e\u0301 漢 👩‍🚀", "? e ?? ??"},
		{"\x1b[7m│\x1b[0m", "\x1b[7m|\x1b[0m"},
	} {
		got := Plain(tc.in)
		if got != tc.want {
			t.Errorf("Plain(%q) = %q, want %q", tc.in, got, tc.want)
		}
		if !isASCII(got) || ansi.StringWidth(got) != ansi.StringWidth(tc.in) {
			t.Errorf("Plain(%q) = %q: not ASCII, or not as wide", tc.in, got)
		}
	}
}
