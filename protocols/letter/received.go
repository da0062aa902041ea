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
	first := true
	for l.More() && !l.Has(";") {
		value := l.take(isReceived)
		if _, keyword := receivedNote(value); keyword && !first {
			break
		}
		if value == "" {
			l.skip("; \t\r\n(", "this belongs to no clause of the line")
		} else {
			l.Add(receivedValue(word), note, len(value))
		}
		first = false
		if n, _, _ := space(l.Rest()); n > 0 {
			if _, keyword := receivedNote(wordAt(l.Rest()[n:])); keyword {
				break // the space before the next clause is not this one's
			}
		}
		l.cfws()
	}
	l.Close()
}

func isReceived(c byte) bool { return c > ' ' && c != ';' && c != '(' }

func wordAt(s string) string {
	n := 0
	for n < len(s) && n < len("from")+1 && isReceived(s[n]) {
		n++
	}
	return s[:n]
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
