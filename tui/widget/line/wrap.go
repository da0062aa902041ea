package line

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Wrap breaks text without styles into lines of at most width cells: between words
// where it can, behind the hyphens of a word otherwise, and only then within one.
// Only what is wider than the width by itself, such as a wide character in one cell,
// stands beyond it.
func Wrap(s string, width int) []string {
	width = max(width, 1)
	var lines []string
	for paragraph := range strings.SplitSeq(s, "\n") {
		w := wrapper{width: width}
		w.paragraph(paragraph)
		lines = append(lines, w.lines...)
	}
	return lines
}

// WrapInto is Wrap into so many lines at most, of which the last holds all that is left,
// for Fit to cut; below 1 there is no limit.
func WrapInto(s string, width, most int) []string {
	lines := Wrap(s, width)
	if most < 1 || len(lines) <= most {
		return lines
	}
	return append(lines[:most-1], strings.Join(lines[most-1:], " "))
}

// wrapper fills lines with the words of a paragraph.
type wrapper struct {
	width int
	lines []string
	line  strings.Builder
	cells int // of the line
}

func (w *wrapper) paragraph(text string) {
	for text != "" {
		word := strings.TrimLeft(text, " ")
		gap := len(text) - len(word)
		end := strings.IndexByte(word, ' ')
		if end < 0 {
			end = len(word)
		}
		w.word(gap, word[:end])
		text = word[end:]
	}
	w.breakLine()
}

// word puts a word on the line, behind a gap, or on the next.
func (w *wrapper) word(gap int, word string) {
	for word != "" {
		piece := firstPiece(word)
		word = word[len(piece):]
		cells := Width(piece)
		if w.cells+gap+cells > w.width && w.cells > 0 {
			w.breakLine()
			gap = 0
		}
		gap = max(min(gap, w.width-cells), 0) // at the beginning of a paragraph
		w.line.WriteString(strings.Repeat(" ", gap))
		w.cells += gap
		w.piece(piece, cells)
		gap = 0
	}
}

// piece puts a piece of a word on the line, cut where it is wider than any.
func (w *wrapper) piece(piece string, cells int) {
	for w.cells+cells > w.width {
		part := ansi.Truncate(piece, w.width-w.cells, "")
		if part == "" {
			_, size := utf8.DecodeRuneInString(piece)
			part = piece[:size]
		}
		w.line.WriteString(part)
		w.breakLine()
		if piece = piece[len(part):]; piece == "" {
			return
		}
		cells = Width(piece)
	}
	w.line.WriteString(piece)
	w.cells += cells
}

func (w *wrapper) breakLine() {
	w.lines = append(w.lines, strings.TrimRight(w.line.String(), " "))
	w.line.Reset()
	w.cells = 0
}

// firstPiece gives what of a word must stand in one line: up to the first hyphen
// between two letters or digits, with it.
func firstPiece(word string) string {
	for i, c := range word {
		if c != '-' {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(word[:i])
		after, _ := utf8.DecodeRuneInString(word[i+1:])
		if isWord(before) && isWord(after) {
			return word[:i+1]
		}
	}
	return word
}

func isWord(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }
