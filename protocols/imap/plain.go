package imap

import (
	"bytes"

	"surel/protocols/line"
)

// plain tells, without opening it, that a response is one of the ordinary ones
// in which the grammar finds nothing wrong: it spares most responses the
// parser.
func plain(raw []byte, a *announced) bool {
	if line.Ending(raw) != 2 || a.response == nil && a.status == statusNone || !spaced(raw, a) {
		return false
	}
	rest := raw[:len(raw)-2]
	rest = rest[len(rest)-len(a.rest):]
	switch {
	case a.status != statusNone:
		return len(a.word) > 0 && len(rest) > 0 && rest[0] != '[' && line.Prefix(rest, line.IsText) == len(rest) &&
			(string(a.tag) == "*" || a.status <= statusBAD && len(a.tag) > 0 && line.Prefix(a.tag, isTag) == len(a.tag))
	case a.response.numbered() && a.response.name != "FETCH":
		return len(rest) == 0 && raw[len(raw)-3] != ' '
	case a.response.name == "FETCH":
		return plainItems(rest)
	}
	return false
}

// spaced tells whether one space stands before the number and the name, and
// before what follows them.
func spaced(raw []byte, a *announced) bool {
	text := raw[len(a.tag):]
	if a.number >= 0 && text[0] == ' ' {
		text = text[1+line.Prefix(text[1:], line.IsDigit):]
	}
	text, ok := bytes.CutPrefix(text, []byte(" "))
	return ok && bytes.HasPrefix(text, a.word) && bytes.IndexByte([]byte(" \r"), text[len(a.word)]) >= 0
}

// plainItems accepts a list of the most frequent data items in their usual
// form.
func plainItems(text []byte) bool {
	text, ok := bytes.CutPrefix(text, []byte("("))
	if !ok {
		return false
	}
	for {
		n := line.Prefix(text, isItem)
		name, value := text[:n], text[n:]
		m := 0
		switch {
		case len(value) == 0:
			return false
		case string(name) == "UID" || string(name) == "RFC822.SIZE":
			m = plainNumber(value)
		case string(name) == "FLAGS":
			m = plainFlags(value)
		case string(name) == "ENVELOPE":
			m = plainEnvelope(value)
		case string(name) == "BODY":
			m = plainBody(value)
		}
		if m == 0 || len(value) == m {
			return false
		}
		text = value[m:]
		switch {
		case len(text) == 1 && text[0] == ')':
			return true
		case text[0] != ' ':
			return false
		}
		text = text[1:]
	}
}

// plainNumber measures a space and a number; 0 where there is none.
func plainNumber(text []byte) int {
	n := line.Prefix(text[1:], line.IsDigit)
	if text[0] != ' ' || n == 0 || n > 18 {
		return 0
	}
	return 1 + n
}

// plainFlags measures a space and a list of flags; 0 where there is none.
func plainFlags(text []byte) int {
	text, ok := bytes.CutPrefix(text, []byte(" ("))
	if !ok {
		return 0
	}
	for n, start := 0, true; n < len(text); n++ {
		switch b := text[n]; {
		case b == ')' && (!start || n == 0):
			return len(" (") + n + 1
		case b == ' ' && !start:
			start = true
		case b == '\\' && start && n+1 < len(text) && line.IsLetter(text[n+1]):
			start = false
		case isAtom(b):
			start = false
		default:
			return 0
		}
	}
	return 0
}

// plainBody measures "[] " and a literal; 0 where there is none.
func plainBody(text []byte) int {
	lf := bytes.IndexByte(text[:min(len(text), len("[] \r\n")+maxAnnouncement)], '\n')
	if lf < 0 || !bytes.HasPrefix(text, []byte("[] {")) || line.Ending(text[:lf+1]) != 2 {
		return 0
	}
	size, _, ok := announcement(line.Cut(text[:lf+1])[len("[] "):])
	if !ok || int64(len(text)-lf-1) <= size {
		return 0
	}
	return lf + 1 + int(size)
}
