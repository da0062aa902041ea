package smtp

import (
	"strings"

	"surel/protocols/field"
	"surel/protocols/line"
)

// replyFields gives the lines of a reply; text reads what stands behind the
// code, for the line's number from 0. A reply of one line is not nested.
func replyFields(raw []byte, text func(c *field.Cursor, number int)) []field.Field {
	if strings.Count(string(raw), "\n") <= 1 {
		c := field.NewCursor(raw)
		replyLineFields(c, string(raw[:3]), 0, text)
		return c.Fields()
	}
	var all []field.Field
	at, number := 0, 0
	for row := range strings.Lines(string(raw)) {
		c := field.NewCursorAt(row, at)
		c.Open("reply line", "field/reply-line")
		replyLineFields(c, string(raw[:3]), number, text)
		all = append(all, c.Fields()...)
		all[len(all)-1].Value = strings.TrimRight(row, "\r\n")
		at, number = at+len(row), number+1
	}
	return all
}

// replyLineFields reads Reply-code, a space or a hyphen, and the text.
func replyLineFields(c *field.Cursor, first string, number int, text func(*field.Cursor, int)) {
	replyCode(c, first)
	switch {
	case c.Has("-"):
		c.Punct("hyphen", 1)
	case c.Has(" "):
		c.Punct("SP", 1)
	}
	text(c, number)
	line.AddEnd(c)
}

// replyCode reads the three digits, each of which means something
// (RFC 5321 §4.2.1).
func replyCode(c *field.Cursor, first string) {
	code := c.Rest()[:3]
	c.Open("reply code", "reply/"+code)
	class, category := "field/code-class", "field/code-category"
	if '2' <= code[0] && code[0] <= '5' {
		class += "/" + code[:1]
	}
	if code[1] <= '5' {
		category += "/" + code[1:2]
	}
	f := c.Add("class", class, 1)
	if code[0] < '2' || code[0] > '5' {
		f.Err = "the first digit of a reply is 2, 3, 4 or 5"
	}
	c.Add("category", category, 1)
	c.Add("detail", "field/code-detail", 1)
	f = c.Close()
	if code != first {
		f.Err = "all lines of a reply have the same code, and the first has " + first
	}
}

// textLine reads an enhanced code, where there is one, and text.
func textLine(c *field.Cursor, _ int) {
	enhancedCode(c)
	freeText(c, "text", "field/text")
}

// greetingLine reads the server's name and text.
func greetingLine(c *field.Cursor, number int) {
	if number == 0 && !c.Has("\r") {
		c.While("domain", "field/greeting-domain", line.IsGraphic)
		if c.Has(" ") {
			c.Punct("SP", 1)
		}
	}
	freeText(c, "text", "field/text")
}

// freeText reads text up to the end of the line. Control characters in it are
// fields of their own.
func freeText(c *field.Cursor, name, note string) {
	for c.More() {
		rest := line.Cut(c.Rest())
		if rest == "" {
			return
		}
		n := line.Prefix(rest, line.IsText)
		if n > 0 {
			c.Add(name, note, n)
		}
		if n < len(rest) {
			m := line.Prefix(rest[n:], func(b byte) bool { return !line.IsText(b) })
			c.Add("control characters", "field/control", m).Err = "a control character has no place in a reply"
		}
	}
}
