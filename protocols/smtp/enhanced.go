package smtp

import (
	"strconv"

	"surel/protocols/field"
	"surel/protocols/line"
	"surel/protocols/note"
)

// enhanced is an enhanced status code in one number: class, subject and
// detail, ten bits for each of the last two; 0 where there is none.
type enhanced uint32

func (e enhanced) String() string {
	return strconv.Itoa(int(e>>20)) + "." + e.tail()
}

// tail gives the code without its class: "1.1" for 5.1.1.
func (e enhanced) tail() string {
	return strconv.Itoa(int(e>>10&1023)) + "." + strconv.Itoa(int(e&1023))
}

// enhancedOf gives the enhanced code of a reply's first line. Its class must
// be the reply's own (RFC 2034 §4).
func enhancedOf(raw []byte, code int) enhanced {
	if len(raw) < len("250 2.0.0") {
		return 0
	}
	class, subject, detail, n := parseEnhanced(raw[4:])
	if n == 0 || class != code/100 {
		return 0
	}
	return enhanced(class<<20 | subject<<10 | detail)
}

// parseEnhanced reads status-code (RFC 3463 §2) and gives its parts and
// length; 0 where there is none.
func parseEnhanced[T ~string | ~[]byte](text T) (class, subject, detail, n int) {
	if len(text) < 5 || text[0] != '2' && text[0] != '4' && text[0] != '5' || text[1] != '.' {
		return 0, 0, 0, 0
	}
	subject, a := number(text[2:])
	if a == 0 || 2+a >= len(text) || text[2+a] != '.' {
		return 0, 0, 0, 0
	}
	detail, b := number(text[3+a:])
	n = 3 + a + b
	if b == 0 || n < len(text) && text[n] != ' ' && text[n] != '\r' && text[n] != '\n' {
		return 0, 0, 0, 0
	}
	return int(text[0] - '0'), subject, detail, n
}

// number reads one to three digits.
func number[T ~string | ~[]byte](text T) (value, length int) {
	for length < len(text) && length < 3 && line.IsDigit(text[length]) {
		value = value*10 + int(text[length]-'0')
		length++
	}
	return value, length
}

// enhancedCode reads an enhanced status code and the space behind it.
func enhancedCode(c *field.Cursor) {
	class, subject, detail, n := parseEnhanced(c.Rest())
	if n == 0 {
		return
	}
	e := enhanced(class<<20 | subject<<10 | detail)
	text := c.Rest()[:n]
	key := "enhanced/X." + e.tail()
	if known, ok := Notes.Lookup(key, note.EN); !ok || known.Key != key {
		key = "enhanced/unknown"
	}
	c.Open("enhanced code", key)
	c.Add("class", "enhanced/class/"+text[:1], 1)
	c.Punct("dot", 1)
	_, length := number(c.Rest())
	c.Add("subject", "enhanced/subject/"+strconv.Itoa(subject), length)
	c.Punct("dot", 1)
	_, length = number(c.Rest())
	c.Add("detail", "enhanced/detail", length)
	c.Close()
	if c.Has(" ") {
		c.Punct("SP", 1)
	}
}
