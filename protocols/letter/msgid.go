package letter

import "strings"

// messageIDs takes one or more msg-id (RFC 5322 §3.6.4).
func messageIDs(l *lexer, _ *content) {
	for l.cfws(); l.More(); l.cfws() {
		switch {
		case l.Has("<"):
			l.msgID()
		case l.accept(","):
		case l.quotedString("quoted-string", "letter/quoted-string"): // RFC 5322 §4.5.4
		default:
			l.skip("< ,\r\n", "this is no message identifier: it stands in angle brackets")
		}
	}
}

// msgID takes one message identifier with its brackets.
func (l *lexer) msgID() {
	inner, _, closed := strings.Cut(l.Rest()[1:], ">")
	left, _, ok := strings.Cut(inner, "@")
	l.Open("msg-id", "letter/msg-id")
	defer l.Close()
	l.punct("<")
	switch {
	case !closed:
		l.fail("the closing angle bracket is missing")
		return
	case !ok || left == "" || len(left)+1 == len(inner):
		if inner != "" {
			l.Add("id", "letter/msg-id", len(inner)).Err = "a message identifier has an @ between its two parts"
		}
	default:
		l.Add("id-left", "letter/msg-id/left", len(left))
		l.punct("@")
		l.Add("id-right", "letter/msg-id/right", len(inner)-len(left)-1)
	}
	l.punct(">")
}

// uris takes the list of addresses in angle brackets that the fields of a
// mailing list hold (RFC 2369 §2).
func uris(l *lexer, _ *content) {
	for l.cfws(); l.More(); l.cfws() {
		switch {
		case l.accept(","):
		case l.accept("<"):
			if !l.While("URI", "letter/uri", func(c byte) bool { return c > ' ' && c != '>' }) || !l.accept(">") {
				l.fail("a URI in angle brackets is missing")
			}
		default:
			l.skip("<,", "a URI stands in angle brackets")
		}
	}
}
