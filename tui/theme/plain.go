package theme

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// plain are ASCII characters for what the screens draw beyond ASCII, one cell
// for one cell.
var plain = map[rune]byte{
	'→': '>', '←': '<', '↑': '^', '↓': 'v', '▶': '>', '◀': '<', '▲': '^', '▼': 'v',
	'─': '-', '━': '=', '│': '|', '┃': '#', '┊': ':', '▸': '>', '▾': 'v', '●': '*', '◉': '@', '○': '.', '•': '*',
	'…': '~', '—': '-', '–': '-', '·': '|', '×': 'x', '✗': 'x', '✓': 'v', '›': '>', '‹': '<',
	'“': '"', '”': '"', '‘': '\'', '’': '\'', '«': '"', '»': '"', '§': '$', '␛': '^', '␍': '~', '␊': '~', '␉': '~', '⟨': '<', '⟩': '>',
	'┌': '+', '┐': '+', '└': '+', '┘': '+', '├': '+', '┤': '+', '┬': '+', '┴': '+', '┼': '+',
	'┏': '#', '┓': '#', '┗': '#', '┛': '#', '╭': '+', '╮': '+', '╰': '+', '╯': '+',
}

// Plain makes a drawn screen ASCII, cell for cell: for terminals that would
// show anything else as rubbish. What has no ASCII form becomes "?".
func Plain(s string) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for len(s) > 0 {
		if s[0] < utf8.RuneSelf {
			b.WriteByte(s[0])
			s = s[1:]
			continue
		}
		cluster, width := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		r, _ := utf8.DecodeRuneInString(cluster)
		if c, ok := plain[r]; ok {
			b.WriteByte(c)
			width--
		}
		b.WriteString(strings.Repeat("?", max(width, 0)))
		s = s[len(cluster):]
	}
	return b.String()
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
