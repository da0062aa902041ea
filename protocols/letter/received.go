package letter

import "strings"

// received takes the line that a server adds on top of a letter that it has
// taken (RFC 5321 §4.4): clauses, and after a semicolon the time.
func received(l *lexer, _ *content) {
	for l.cfws(); l.More(); l.cfws() {
		if l.accept(";") {
			l.cfws()
			l.Open("date-time", "letter/date")
			l.dateTime()
			l.Close()
			l.cfws()
			return
		}
		l.receivedClause()
	}
}

// receivedClause takes a keyword with what follows it, up to the next keyword.
func (l *lexer) receivedClause() {
	word := l.take(isReceived)
	note, ok := receivedNote(word)
	if !ok {
		if word == "" {
			l.skip("; \t\r\n(", "this belongs to no clause of the line")
			return
		}
		l.Add("word", "letter/received", len(word))
		return
	}
	l.Open(strings.ToLower(word)+" clause", note)
	l.Add("keyword", note, len(word))
	l.cfws()
	for l.More() && !l.Has(";") {
		switch n, _, _ := space(l.Rest()); {
		case n > 0 && endsClause(l.Rest()[n:]):
			l.Close()
			return
		case l.fws() || l.comment():
		case l.take(isReceived) == "":
			l.skip("; \t\r\n(", "this belongs to no clause of the line")
		default:
			l.Add(receivedValue(word), note, len(l.take(isReceived)))
		}
	}
	l.Close()
}

func isReceived(c byte) bool { return c > ' ' && c != 0x7f && c != ';' && c != '(' }

// endsClause tells whether s begins with what cannot be part of a clause: the
// next keyword, or the semicolon before the date.
func endsClause(s string) bool {
	n := 0
	for n < len(s) && n <= len("from") && isReceived(s[n]) {
		n++
	}
	_, keyword := receivedNote(s[:n])
	return keyword || s == "" || s[0] == ';'
}

func receivedNote(word string) (string, bool) {
	switch w := strings.ToLower(word); w {
	case "from", "by", "via", "with", "id", "for":
		return "letter/received/" + w, true
	}
	return "letter/received", false
}

// receivedValue names what follows a keyword (RFC 5321 §4.4).
func receivedValue(keyword string) string {
	switch strings.ToLower(keyword) {
	case "from", "by":
		return "extended-domain"
	case "via":
		return "link"
	case "with":
		return "protocol"
	case "id":
		return "string"
	default:
		return "path"
	}
}
