package letter

import (
	"strings"

	"surel/protocols/field"
)

// addresses takes an address-list (RFC 5322 §3.4), which a mailbox, a
// mailbox-list and the path of a Return-Path are cases of.
func addresses(l *lexer, _ *content) { l.addressList("") }

// addressList takes addresses up to one of the bytes in stop.
func (l *lexer) addressList(stop string) {
	for l.cfws(); l.More() && !strings.Contains(stop, l.Rest()[:1]); l.cfws() {
		if !l.accept(",") {
			l.address(stop != "")
		}
	}
}

// address takes a mailbox or a group. What decides is the first of the bytes
// that end a display name or a local part.
func (l *lexer) address(inGroup bool) {
	n, sign := addressLen(l.Rest())
	switch {
	case sign == ':' && !inGroup:
		l.group()
	case sign == '<' || sign == '@':
		l.mailbox(sign)
	case n == 0:
		l.skip(",<@", "this has no place in an address")
	default:
		l.Add("address", "letter/address", n).Err = "this is no address: the @ is missing"
	}
}

// addressLen measures s up to the first byte that tells what kind of address
// it begins, and gives that byte; 0 where none comes.
func addressLen(s string) (n int, sign byte) {
	for n < len(s) {
		switch c := s[n]; c {
		case ':', '<', '@', ',', ';', '>':
			return n, c
		case '"':
			q, _ := quoted(s[n:])
			n += q
		case '(':
			p, _ := comment(s[n:])
			n += p
		default:
			n++
		}
	}
	return len(s), 0
}

// group takes a named list of mailboxes (RFC 5322 §3.4).
func (l *lexer) group() {
	l.Open("group", "letter/group")
	l.displayName()
	l.accept(":")
	l.addressList(";")
	closed := l.accept(";")
	if f := l.Close(); !closed && l.Err() == nil {
		f.Err = "the semicolon that ends the group is missing"
	}
}

// mailbox takes a name-addr or an addr-spec (RFC 5322 §3.4).
func (l *lexer) mailbox(sign byte) {
	l.Open("mailbox", "letter/mailbox")
	if sign == '@' {
		l.addrSpec()
	} else {
		l.displayName()
		l.angleAddr()
	}
	for l.More() && (l.Has(" ") || l.Has("(") || l.Has("\r\n")) {
		l.cfws()
	}
	f := l.Close()
	f.Value = strings.TrimSpace(phrase(f.Fields))
}

// displayName takes the phrase before an angle-addr or a group's list.
func (l *lexer) displayName() {
	if !l.More() || strings.ContainsAny(l.Rest()[:1], "<:") {
		return
	}
	l.Open("display-name", "letter/display-name")
	for l.More() && !strings.ContainsAny(l.Rest()[:1], "<:") {
		n, _, _ := space(l.Rest())
		if n > 0 && strings.ContainsAny(l.Rest()[n:min(n+1, len(l.Rest()))], "<:") {
			break // the space before the address is not the name's
		}
		if !l.fws() {
			l.word()
		}
	}
	f := l.Close()
	f.Value = phrase(f.Fields)
	l.cfws()
}

// phrase gives the parts of a display name or of a mailbox as a reader sees
// them.
func phrase(words []field.Field) string {
	var b strings.Builder
	for i := range words {
		switch {
		case !isSpace(&words[i]):
			b.WriteString(words[i].Value)
		case !betweenEncodedWords(words, i):
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// word takes a word of a phrase (RFC 5322 §3.2.5).
func (l *lexer) word() {
	rest := l.Rest()
	switch {
	case l.quotedString("quoted-string", "letter/quoted-string") || l.bareCR() || l.comment():
	case encodedWordLen(rest) > 0:
		l.encodedWord(encodedWordLen(rest))
	case l.While("atom", "letter/atom", func(c byte) bool { return isAtom(c) || c == '.' }):
	default:
		l.skip("<:", "this has no place in a display name")
	}
}

// angleAddr takes an address in angle brackets. The empty one is the null
// reverse-path (RFC 5321 §4.5.5).
func (l *lexer) angleAddr() {
	if !l.accept("<") {
		l.fail("an address in angle brackets is missing")
		return
	}
	if l.Has("@") { // RFC 5322 §4.4: an obsolete route
		if i := strings.IndexByte(l.Rest(), ':'); i > 0 {
			l.Add("route", "letter/route", i)
			l.accept(":")
		}
	}
	if !l.Has(">") {
		l.addrSpec()
	}
	if l.More() && !l.Has(">") {
		l.skip(">,", "this has no place in an address")
	}
	if !l.accept(">") {
		l.fail("the closing angle bracket is missing")
	}
}

// addrSpec takes local-part, @ and domain (RFC 5322 §3.4.1).
func (l *lexer) addrSpec() {
	l.Open("addr-spec", "letter/addr-spec")
	defer l.Close()
	l.cfws()
	if !l.quotedString("local-part", "letter/local-part") &&
		!l.While("local-part", "letter/local-part", isAtom) {
		l.skip(">,", "this is no address: the part before the @ is missing")
		return
	}
	l.cfws()
	if !l.accept("@") {
		if l.More() {
			l.skip(">,", "this is no address: the @ is missing")
		}
		return
	}
	l.cfws()
	l.domain()
}

// domain takes a domain or an address literal (RFC 5322 §3.4.1).
func (l *lexer) domain() {
	switch {
	case l.Has("["):
		n, closed := until(l.Rest(), ']')
		if f := l.Add("domain-literal", "letter/domain/literal", n); !closed {
			f.Err = "the closing bracket is missing"
		}
	case l.While("domain", "letter/domain", isAtom):
	case l.More():
		l.skip(">,", "this is no address: the domain is missing")
	}
}
