// Package visible turns text from the wire into text that is safe to show: a
// terminal, a log or a page that prints it obeys nothing that a stranger
// wrote. What has no shape of its own gets one, so that a reader sees that it
// is there.
//
// Start with String for one line and Lines for text of several lines. To make
// one more character visible, add it to Hidden.
package visible

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tabWidth is how many spaces Lines writes for a tab. The place in the line is
// not counted: the text may be indented later.
const tabWidth = 4

// String shows s on one line. Each control character of ASCII becomes its
// picture (␛, ␍, ␊, ␉); C1 controls, bidirectional controls and characters
// without width become their number (⟨U+202E⟩); a byte that is not UTF-8
// becomes its two digits (⟨ff⟩). The result is valid UTF-8.
func String(s string) string {
	i := firstHidden(s)
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	b.WriteString(s[:i])
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		write(&b, r, s[i:i+n])
		i += n
	}
	return b.String()
}

// Lines shows text that may have several lines: LF and CRLF end a line and
// stay as "\n", a tab becomes spaces, and everything else is shown as String
// shows it, a lone CR too.
func Lines(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for {
		line, rest, more := strings.Cut(s, "\n")
		if more {
			line = strings.TrimSuffix(line, "\r")
		}
		b.WriteString(String(strings.ReplaceAll(line, "\t", strings.Repeat(" ", tabWidth))))
		if !more {
			return b.String()
		}
		b.WriteByte('\n')
		s = rest
	}
}

func firstHidden(s string) int {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c < ' ' || c == 0x7f {
				return i
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 || Hidden(r) {
			return i
		}
		i += n
	}
	return len(s)
}

func write(b *strings.Builder, r rune, bytes string) {
	switch {
	case r == utf8.RuneError && len(bytes) == 1:
		fmt.Fprintf(b, "⟨%02x⟩", bytes[0])
	case r < ' ':
		b.WriteRune('␀' + r) // the pictures stand in the order of ASCII
	case r == 0x7f:
		b.WriteRune('␡')
	case Hidden(r):
		fmt.Fprintf(b, "⟨U+%04X⟩", r)
	default:
		b.WriteString(bytes)
	}
}

// Hidden tells whether a character beyond ASCII controls what is around it or
// cannot be seen: C1 (which terminals obey as they obey ESC), format
// characters with all bidirectional controls and zero-width joiners, and the
// separators of lines and paragraphs.
func Hidden(r rune) bool {
	switch {
	case r < 0x80:
		return false
	case r <= 0x9f:
		return true
	}
	return unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) || r == '\u034f'
}
