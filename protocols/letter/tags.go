package letter

import "strings"

// tagList takes a list of tag=value (RFC 6376 §3.2), as DKIM and ARC
// signatures are written.
func tagList(l *lexer, _ *content) {
	for l.fws(); l.More(); l.fws() {
		if !l.accept(";") {
			l.tag()
		}
	}
}

func (l *lexer) tag() {
	name := l.take(func(c byte) bool { return isLetter(c) || isDigit(c) || c == '_' })
	if name == "" {
		l.skip(";", "a tag has the form name=value")
		return
	}
	note := "letter/tag/" + name
	l.Open("tag", note)
	defer func() { f := l.Close(); f.Value = strings.Join(strings.Fields(f.Value), "") }()
	l.Add("tag-name", note, len(name))
	l.fws()
	if !l.accept("=") {
		l.skip(";", "the equals sign is missing")
		return
	}
	for l.fws(); l.More() && !l.Has(";"); {
		rest := l.Rest()
		n := strings.IndexAny(rest, ";\r\n")
		switch {
		case n < 0:
			l.Add("tag-value", note, len(rest))
		case n > 0:
			l.Add("tag-value", note, n)
		case !l.bareCR():
			l.fws() // a long value is folded anywhere, and the folds are not part of it
		}
	}
}

// authenticationResults takes what a receiving server has found out about the
// sender (RFC 8601 §2.2): its own name, then results.
func authenticationResults(l *lexer, _ *content) {
	l.cfws()
	if n := len(l.take(isResult)); n > 0 {
		l.Add("authserv-id", "letter/auth/authserv-id", n)
	}
	for l.cfws(); l.More(); l.cfws() {
		if !l.accept(";") {
			l.result()
		}
	}
}

// result takes a method with its result and the properties that it judged.
func (l *lexer) result() {
	method := l.take(isMethod)
	if method == "" {
		l.skip(";", "a result has the form method=result")
		return
	}
	note := "letter/auth/" + strings.ToLower(method)
	l.Open("result", note)
	defer l.Close()
	l.pair("method", "result", note)
	for l.cfws(); l.More() && !l.Has(";"); l.cfws() {
		if l.take(isMethod) == "" {
			l.skip(";", "a property has the form type.name=value")
			return
		}
		l.Open("property", "letter/auth/property")
		l.pair("property", "value", "letter/auth/property")
		l.Close()
	}
}

// pair takes name=value.
func (l *lexer) pair(name, value, note string) {
	l.Add(name, note, len(l.take(isMethod)))
	l.cfws()
	if !l.accept("=") {
		return // "none" stands alone
	}
	l.cfws()
	if !l.quotedString(value, note) {
		if n := len(l.take(isResult)); n > 0 {
			l.Add(value, note, n)
		}
	}
}

func isMethod(c byte) bool { return c > ' ' && c != '=' && c != ';' && c != '(' && c != '"' }

func isResult(c byte) bool { return c > ' ' && c != ';' && c != '(' }
