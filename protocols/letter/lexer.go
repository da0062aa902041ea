package letter

import (
	"strings"

	"surel/protocols/field"
)

// lexer reads the value of one header field: the tokens of RFC 5322 §3.2.
type lexer struct {
	*field.Cursor
	budget *int
	failed bool
}

// Add takes n bytes as a leaf, unless the letter has too many fields already.
func (l *lexer) Add(name, note string, n int) *field.Field {
	if *l.budget--; *l.budget < 0 {
		l.Fail("this letter has too many parts; the rest stays closed")
	}
	return l.Cursor.Add(name, note, n)
}

// punct takes a separator. It is named by itself.
func (l *lexer) punct(text string) {
	l.Add(text, "letter/punct", len(text)).Kind = field.Punctuation
}

// accept takes the separator if it is next, and tells whether it was.
func (l *lexer) accept(text string) bool {
	if !l.Has(text) {
		return false
	}
	l.punct(text)
	return true
}

// fws takes folding white space (RFC 5322 §3.2.2).
func (l *lexer) fws() bool {
	n, folded, bare := space(l.Rest())
	if n == 0 || l.Err() != nil {
		return false
	}
	var f *field.Field
	if folded {
		f = l.Add("FWS", "letter/fold", n)
	} else {
		f = l.Add("SP", "punct/SP", n)
	}
	f.Kind = field.Punctuation
	if bare {
		f.Kind, f.Err = field.Plain, errBareLF
	}
	return true
}

// space measures the white space at the beginning of s, folds included.
func space(s string) (n int, folded, bare bool) {
	for ; n < len(s); n++ {
		switch s[n] {
		case ' ', '\t':
		case '\n':
			folded = true
			bare = bare || n == 0 || s[n-1] != '\r'
		case '\r':
			if n+1 == len(s) || s[n+1] != '\n' {
				return n, folded, bare
			}
		default:
			return n, folded, bare
		}
	}
	return n, folded, bare
}

// cfws takes comments and folding white space (RFC 5322 §3.2.2).
func (l *lexer) cfws() {
	for l.More() && (l.fws() || l.comment()) {
	}
}

// comment takes a comment with those inside it.
func (l *lexer) comment() bool {
	if !l.Has("(") {
		return false
	}
	n, closed := comment(l.Rest())
	f := l.Add("comment", "letter/comment", n)
	if !closed {
		f.Err = "the closing parenthesis is missing"
	}
	return true
}

func comment(s string) (n int, closed bool) {
	for depth := 0; n < len(s); n++ {
		switch s[n] {
		case '\\':
			n++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return n + 1, true
			}
		}
	}
	return len(s), false
}

// unfold takes the line ends out of a folded text (RFC 5322 §2.2.3).
func unfold(s string) string {
	if !strings.ContainsAny(s, "\r\n") {
		return s
	}
	return strings.NewReplacer("\r\n", "", "\n", "").Replace(s)
}

// isAtom tells whether a byte can stand in a dot-atom (RFC 5322 §3.2.3), as
// RFC 6532 §3.2 widens it.
func isAtom(c byte) bool {
	return c > ' ' && c != 0x7f && !strings.ContainsRune(`()<>[]:;@\,"`, rune(c))
}

// isToken tells whether a byte can stand in a MIME token (RFC 2045 §5.1).
func isToken(c byte) bool {
	return c > ' ' && c != 0x7f && !strings.ContainsRune(`()<>@,;:\"/[]?=`, rune(c))
}

// skip takes what does not fit here, up to one of the bytes in stop, as a leaf
// that says why. It always takes something.
func (l *lexer) skip(stop, why string) {
	rest := l.Rest()
	if rest == "" {
		l.fail(why)
		return
	}
	n := strings.IndexAny(rest[min(1, len(rest)):], stop) + 1
	if n == 0 {
		n = len(rest)
	}
	l.Add("unread", "field/unread", n).Err = why
}

// fail takes all that is left as a leaf that says why it cannot be read, in
// the field that is open. Where nothing is left it says what is missing. Only
// the first failure counts.
func (l *lexer) fail(why string) {
	if l.failed || l.Err() != nil {
		return
	}
	l.failed = true
	if n := len(l.Rest()); n > 0 {
		l.Add("unread", "field/unread", n).Err = why
		return
	}
	l.Add("missing", "letter/missing", 0).Err = why
}
