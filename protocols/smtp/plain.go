package smtp

import (
	"bytes"

	"surel/protocols/line"
)

// plain tells, without opening it, that a command is one of the ordinary ones
// in which the grammar finds nothing wrong: it spares most commands the parser.
func plain(v verb, raw []byte) bool {
	if line.Ending(raw) != 2 || v == verbUnknown {
		return false
	}
	rest := raw[len(v.String()) : len(raw)-2]
	switch v {
	case verbDATA, verbRSET, verbQUIT, verbNOOP, verbSTARTTLS, verbHELP:
		return len(rest) == 0
	case verbHELO, verbEHLO:
		return len(rest) > 1 && rest[0] == ' ' && plainDomain(rest[1:])
	case verbMAIL:
		return plainPath(rest, " FROM:<")
	case verbRCPT:
		return plainPath(rest, " TO:<")
	default:
		return false
	}
}

// plainPath accepts a short dot-string, an @ and a domain, without parameters.
func plainPath(rest []byte, before string) bool {
	if len(rest) < len(before)+4 || rest[len(rest)-1] != '>' || !bytes.EqualFold(rest[:len(before)], []byte(before)) {
		return false
	}
	mailbox := rest[len(before) : len(rest)-1]
	at := bytes.IndexByte(mailbox, '@')
	return at > 0 && at <= maxLocalPart && plainWords(mailbox[:at]) && plainDomain(mailbox[at+1:])
}

// plainDomain accepts a short domain whose labels are of letters and digits.
func plainDomain(name []byte) bool { return len(name) <= maxLabel && plainWords(name) }

// plainWords accepts letters and digits with single dots between them.
func plainWords(text []byte) bool {
	afterDot := true
	for _, b := range text {
		switch {
		case b == '.' && afterDot:
			return false
		case b != '.' && !line.IsLetterOrDigit(b):
			return false
		}
		afterDot = b == '.'
	}
	return !afterDot
}
