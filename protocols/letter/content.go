package letter

import (
	"strings"
	"unicode/utf8"

	"surel/protocols/field"
)

// content is what a header says of the body below it, and what was found there.
type content struct {
	mediaType string // in lower case; empty stands for text/plain (RFC 2045 §5.2)
	charset   string
	boundary  string
	encoding  string // in lower case; empty stands for 7bit (RFC 2045 §6.1)
	fileName  string
	size      int // of the decoded body, in bytes
}

func (c *content) isMultipart() bool { return strings.HasPrefix(c.mediaType, "multipart/") }

func (c *content) isLetter() bool {
	return c.mediaType == "message/rfc822" || c.mediaType == "message/global"
}

func (c *content) isStatus() bool {
	return c.mediaType == "message/delivery-status" || c.mediaType == "message/disposition-notification"
}

func (c *content) isText() bool { return c.mediaType == "" || strings.HasPrefix(c.mediaType, "text/") }

// isIdentity tells whether the body stands in the letter as it is.
func (c *content) isIdentity() bool {
	return c.encoding != "base64" && c.encoding != "quoted-printable"
}

// isOpaque tells whether the body is not shown as text but only described.
func (c *content) isOpaque() bool {
	switch c.encoding {
	case "", "7bit", "8bit", "binary", "base64", "quoted-printable":
		return !c.isText()
	}
	return true
}

// describe gives a part in one line.
func (c *content) describe() string {
	mediaType := c.mediaType
	if mediaType == "" {
		mediaType = "text/plain"
	}
	if c.fileName != "" {
		mediaType += ", " + c.fileName
	}
	if c.size == 0 {
		return mediaType
	}
	return mediaType + ", " + count(c.size) + " bytes"
}

// content takes the body of a part that has no parts of its own.
func (r *reader) content(end int, c *content) {
	text := r.text[r.Pos():end]
	value, why := c.decode(text)
	kind := field.Plain
	if c.isOpaque() {
		kind = field.Described
	}
	note := "letter/body"
	if c.encoding != "" {
		note = "letter/encoding/" + c.encoding
	}
	if !hasBare(text) {
		f := r.Add("body", note, len(text))
		f.Kind, f.Value, f.Err = kind, value, why
		return
	}
	r.Open("body", note)
	r.bareEnds(end, note)
	f := r.Close()
	f.Kind, f.Value, f.Err = kind, value, why
}

// hasBare tells whether CR or LF stand in s other than as the pair CRLF.
func hasBare(s string) bool { return bareAt(s) < len(s) }

// bareAt finds the first CR or LF in s that is not of the pair CRLF.
func bareAt(s string) int {
	for n := 0; n < len(s); {
		i := strings.IndexAny(s[n:], "\r\n")
		if i < 0 {
			return len(s)
		}
		n += i
		if !strings.HasPrefix(s[n:], "\r\n") {
			return n
		}
		n += 2
	}
	return len(s)
}

// bareEnds takes text up to the byte end and marks each bare CR and LF in it.
func (r *reader) bareEnds(end int, note string) {
	for r.Pos() < end {
		rest := r.text[r.Pos():end]
		n := bareAt(rest)
		switch {
		case r.budget <= 0:
			f := r.Add("text", note, len(rest))
			f.Value, f.Err = shorten(rest), "this letter has too many parts; further bare CR and LF are not marked"
		case n > 0:
			f := r.Add("text", note, n)
			f.Value = shorten(f.Value)
		case rest[0] == '\n':
			r.Add("LF", "letter/bare", 1).Err = errBareLF
		default:
			r.Add("CR", "letter/bare", 1).Err = errBareCR
		}
	}
}

// maxText is how much of a text is shown as the value of a field, in bytes.
const maxText = 1 << 10

// decode gives the beginning of a text as UTF-8, and of anything else the kind
// and the size. It also says what is wrong with the encoding.
func (c *content) decode(text string) (value, why string) {
	var b []byte
	var truncated bool
	switch c.encoding {
	case "base64":
		b, c.size, why = decodeBase64(text)
		truncated = c.size > len(b)
	case "quoted-printable":
		b, c.size = decodeQuotedPrintable(text)
		truncated = c.size > len(b)
	case "", "7bit", "8bit", "binary":
		b, c.size = []byte(text[:min(len(text), maxText)]), len(text)
		truncated = len(text) > maxText
	default:
		c.size = len(text)
		return count(len(text)) + " bytes", "unknown encoding " + c.encoding
	}
	if !c.isText() {
		value = c.describe()
		if !c.isIdentity() {
			value += " decoded"
		}
		return value, why
	}
	value, ok := toUTF8(c.charset, b)
	if !ok && why == "" {
		why = "unknown charset " + c.charset
	}
	if truncated {
		value = trimRune(value) + " …"
	}
	return value, why
}

// shorten cuts text that is longer than is shown.
func shorten(s string) string {
	if len(s) <= maxText {
		return s
	}
	return trimRune(s[:maxText]) + " …"
}

// trimRune takes a character away that was cut in two.
func trimRune(s string) string {
	for i := 1; i < utf8.UTFMax && i <= len(s); i++ {
		if utf8.RuneStart(s[len(s)-i]) {
			if !utf8.FullRuneInString(s[len(s)-i:]) {
				return s[:len(s)-i]
			}
			break
		}
	}
	return s
}
