package smtp

import (
	"strings"

	"surel/protocols/field"
	"surel/protocols/line"
)

// hello opens the reply to EHLO: the server's name, then a keyword with its
// parameters on each line (RFC 5321 §4.1.1.1).
type hello struct{}

// Summary gives the first line, and how many follow.
func (hello) Summary(raw []byte) string { return summary(raw) }

// Fields gives the reply's lines.
func (hello) Fields(raw []byte) []field.Field { return replyFields(raw, helloLine) }

// helloLine reads the server's name and greeting, or a keyword and its
// parameters.
func helloLine(c *field.Cursor, number int) {
	if number == 0 {
		note := "field/greeting-domain"
		if c.HasFold("Hello ") {
			note = "field/greeting-domain/hello"
		}
		c.While("domain", note, line.IsGraphic)
		if c.Has(" ") {
			c.Punct("SP", 1)
		}
		freeText(c, "ehlo-greet", "field/ehlo-greet")
		return
	}
	ehloLine(c)
}

// ehloLine reads ehlo-keyword *( SP ehlo-param ).
func ehloLine(c *field.Cursor) {
	word := c.Rest()[:line.Prefix(c.Rest(), line.IsGraphic)]
	// Some servers write "AUTH=LOGIN" for clients of the last century.
	name, _, legacy := strings.Cut(word, "=")
	note, ok := keywords[strings.ToUpper(name)]
	if !ok {
		note = "keyword/unknown"
	}
	c.Add("keyword", note, len(name)).Value = strings.ToUpper(name)
	if legacy {
		c.Punct("equals", 1)
		helloParameter(c, note)
	}
	for c.Has(" ") {
		c.Punct("SP", 1)
		helloParameter(c, note)
	}
	freeText(c, "text", "field/text")
}

// helloParameter reads ehlo-param. What AUTH and LIMITS announce has notes of
// its own.
func helloParameter(c *field.Cursor, keyword string) {
	text := c.Rest()[:line.Prefix(c.Rest(), line.IsGraphic)]
	if text == "" {
		return
	}
	note := keyword
	switch keyword {
	case "keyword/AUTH": // RFC 4954 §3
		note = noteOr("mechanism/unknown", "mechanism/"+strings.ToUpper(text))
	case "keyword/LIMITS": // RFC 9422 §4
		name, _, _ := strings.Cut(text, "=")
		note = noteOr("limit/unknown", "limit/"+strings.ToUpper(name))
	}
	c.Add("parameter", note, len(text))
}
