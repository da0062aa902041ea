package imap

import "bytes"

// plainEnvelope measures a space and an envelope whose strings are all quoted,
// without escapes, or NIL; 0 where there is none (RFC 9051 §7.5.2).
func plainEnvelope(text []byte) int {
	rest, ok := bytes.CutPrefix(text, []byte(" ("))
	for i, part := range envelopeParts {
		if i > 0 && ok {
			rest, ok = bytes.CutPrefix(rest, []byte(" "))
		}
		if !ok {
			return 0
		}
		if part.addresses {
			rest, ok = plainAddresses(rest)
		} else {
			rest, ok = plainString(rest)
		}
	}
	if rest, ok = cutPlain(rest, ok, ')'); !ok {
		return 0
	}
	return len(text) - len(rest)
}

// plainString takes a quoted string without escapes, or NIL, from the front.
func plainString(text []byte) (rest []byte, ok bool) {
	if rest, ok = bytes.CutPrefix(text, []byte("NIL")); ok {
		return rest, true
	}
	if len(text) == 0 || text[0] != '"' {
		return text, false
	}
	for i := 1; i < len(text); i++ {
		switch b := text[i]; {
		case b == '"':
			return text[i+1:], true
		case b == '\\' || b < ' ' || b >= 0x7f:
			return text, false
		}
	}
	return text, false
}

// plainAddresses takes a list of addresses, or NIL, from the front.
func plainAddresses(text []byte) (rest []byte, ok bool) {
	if rest, ok = bytes.CutPrefix(text, []byte("NIL")); ok {
		return rest, true
	}
	rest, ok = cutPlain(text, true, '(')
	for ok && len(rest) > 0 && rest[0] == '(' {
		rest = rest[1:]
		for i := 0; i < len(addressParts) && ok; i++ {
			if i > 0 {
				rest, ok = cutPlain(rest, ok, ' ')
			}
			if ok {
				rest, ok = plainString(rest)
			}
		}
		if rest, ok = cutPlain(rest, ok, ')'); ok && len(rest) > 0 && rest[0] == ')' {
			return rest[1:], true
		}
	}
	return text, false
}

// cutPlain takes a byte from the front, where all was well before it.
func cutPlain(text []byte, ok bool, b byte) ([]byte, bool) {
	if !ok || len(text) == 0 || text[0] != b {
		return text, false
	}
	return text[1:], true
}
