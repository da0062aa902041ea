package letter

import (
	"encoding/base64"
	"strings"
)

// decodeBase64 gives the first maxText bytes of a body in base64 and the size
// of the whole (RFC 2045 §6.8). What is not of the alphabet is passed over, as
// the RFC says, but told.
func decodeBase64(text string) (first []byte, size int, why string) {
	const most = maxText / 3 * 4
	digits := make([]byte, 0, min(len(text), most))
	n := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case base64Value(c):
			if n++; len(digits) < most {
				digits = append(digits, c)
			}
		case c == '=' || c == '\r' || c == '\n' || c == ' ' || c == '\t':
		default:
			why = "this is not base64 throughout: other characters stand in it"
		}
	}
	if n%4 == 1 {
		why = "this base64 is incomplete: its last group has one character"
		n--
	}
	digits = digits[:min(len(digits), n)]
	first = make([]byte, base64.RawStdEncoding.DecodedLen(len(digits)))
	read, err := base64.RawStdEncoding.Decode(first, digits)
	if err != nil && why == "" {
		why = "this base64 cannot be decoded"
	}
	return first[:read], n * 3 / 4, why
}

func base64Value(c byte) bool {
	return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '+' || c == '/'
}

// decodeQuotedPrintable gives the first maxText bytes of a body in
// quoted-printable and the size of the whole (RFC 2045 §6.7).
func decodeQuotedPrintable(text string) (first []byte, size int) {
	first = make([]byte, 0, min(len(text), maxText))
	for len(text) > 0 {
		i := strings.IndexByte(text, '=')
		if i < 0 {
			i = len(text)
		}
		first = append(first, text[:min(i, maxText-len(first))]...)
		size += i
		if text = text[i:]; text == "" {
			break
		}
		n, b, isByte := quotedByte(text)
		if isByte {
			if size++; len(first) < maxText {
				first = append(first, b)
			}
		}
		text = text[n:]
	}
	return first, size
}

// quotedByte reads what follows an equals sign: two digits, or the end of a
// line that is no end in the text. A sign that neither follows stands for
// itself.
func quotedByte(s string) (n int, b byte, isByte bool) {
	if len(s) > 2 && isHex(s[1]) && isHex(s[2]) {
		return 3, unhex(s[1])<<4 | unhex(s[2]), true
	}
	rest := strings.TrimLeft(s[1:min(len(s), 80)], " \t")
	pad := min(len(s), 80) - 1 - len(rest)
	switch {
	case strings.HasPrefix(rest, "\r\n"):
		return 1 + pad + 2, 0, false
	case strings.HasPrefix(rest, "\n"):
		return 1 + pad + 1, 0, false
	case rest == "" && len(s) == 1+pad:
		return len(s), 0, false
	}
	return 1, '=', true
}
