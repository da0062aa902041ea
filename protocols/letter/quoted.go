package letter

import "strings"

// quotedString takes a quoted-string (RFC 5322 §3.2.4) whose value is its
// content without the quotes and backslashes.
func (l *lexer) quotedString(name, note string) bool {
	if !l.Has(`"`) {
		return false
	}
	n, closed := quoted(l.Rest())
	f := l.Add(name, note, n)
	f.Value = unquote(f.Value)
	if !closed {
		f.Err = "the closing quotation mark is missing"
	}
	return true
}

func quoted(s string) (n int, closed bool) { return until(s, '"') }

// until measures what stands between the first byte of s and end, both
// included, where a backslash takes the meaning of the byte after it.
func until(s string, end byte) (n int, closed bool) {
	for n = 1; n < len(s); n++ {
		switch s[n] {
		case '\\':
			n++
		case end:
			return n + 1, true
		}
	}
	return len(s), false
}

func unquote(s string) string {
	s = unfold(strings.TrimPrefix(s, `"`))
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			continue
		case '\\':
			if i++; i == len(s) {
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
