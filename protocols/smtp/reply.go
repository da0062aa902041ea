package smtp

import (
	"encoding/base64"
	"strconv"
	"strings"

	"surel/protocols/field"
	"surel/protocols/message"
)

// replyBody chooses what opens a reply.
func (d *Decoder) replyBody(said pending, code int) message.Body {
	switch {
	case said.verb == answersConnection:
		return greeting{}
	case code == 334 && (said.verb == verbAUTH || said.verb == answersExchange):
		return challenge(d.step)
	case code/100 == 2 && (said.verb == verbEHLO || said.verb == verbHELO):
		return hello{}
	}
	return plainReply{}
}

// plainReply opens a reply whose lines are text, each with its enhanced code
// (RFC 5321 §4.2, RFC 2034 §4).
type plainReply struct{}

// greeting opens the reply that begins a conversation, or one like it: its
// first word is the server's name.
type greeting struct{}

// hello opens the reply to EHLO: the server's name, then a keyword with its
// parameters on each line (RFC 5321 §4.1.1.1).
type hello struct{}

// challenge opens a 334 reply: base64 text in a login (RFC 4954 §4).
type challenge step

// Summary gives the first line, and how many follow.
func (plainReply) Summary(raw []byte) string { return summary(raw) }

// Summary gives the first line, and how many follow.
func (greeting) Summary(raw []byte) string { return summary(raw) }

// Summary gives the first line, and how many follow.
func (hello) Summary(raw []byte) string { return summary(raw) }

// Summary gives the code and what the challenge says.
func (c challenge) Summary(raw []byte) string {
	line := summary(raw)
	code, text, _ := strings.Cut(line, " ")
	if decoded, err := base64.StdEncoding.DecodeString(text); err == nil && len(decoded) > 0 {
		return code + " " + string(decoded)
	}
	return line
}

func summary(raw []byte) string {
	line, rest, _ := strings.Cut(string(raw), "\n")
	line = strings.TrimSuffix(line, "\r")
	if n := strings.Count(rest, "\n"); n > 0 {
		line += " (+" + strconv.Itoa(n) + ")"
	}
	return line
}

// Fields gives the reply's lines.
func (plainReply) Fields(raw []byte) []field.Field { return replyFields(raw, textLine) }

// Fields gives the reply's lines.
func (greeting) Fields(raw []byte) []field.Field { return replyFields(raw, greetingLine) }

// Fields gives the reply's lines.
func (hello) Fields(raw []byte) []field.Field { return replyFields(raw, helloLine) }

// Fields gives the reply's lines.
func (c challenge) Fields(raw []byte) []field.Field {
	return replyFields(raw, func(cur *field.Cursor, _ int) {
		text := cur.Rest()[:len(cur.Rest())-ending(cur.Rest())]
		if text == "" {
			return
		}
		f := cur.Add("challenge", steps[c].challenge, len(text))
		if decoded, err := base64.StdEncoding.DecodeString(text); err == nil {
			f.Value = string(decoded)
		} else {
			f.Err = base64Fault(text)
		}
	})
}

// replyFields gives the lines of a reply; text reads what stands behind the
// code, for the line's number from 0. A reply of one line is not nested.
func replyFields(raw []byte, text func(c *field.Cursor, line int)) []field.Field {
	if strings.Count(string(raw), "\n") <= 1 {
		c := field.NewCursor(raw)
		replyLineFields(c, string(raw[:3]), 0, text)
		return c.Fields()
	}
	var all []field.Field
	at, number := 0, 0
	for line := range strings.Lines(string(raw)) {
		c := field.NewCursorAt(line, at)
		c.Open("reply line", "field/reply-line")
		replyLineFields(c, string(raw[:3]), number, text)
		all = append(all, c.Fields()...)
		all[len(all)-1].Value = strings.TrimRight(line, "\r\n")
		at, number = at+len(line), number+1
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
	addLineEnd(c)
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
		c.While("domain", "field/greeting-domain", isGraphic)
		if c.Has(" ") {
			c.Punct("SP", 1)
		}
	}
	freeText(c, "text", "field/text")
}

// helloLine reads the server's name and greeting, or a keyword and its
// parameters.
func helloLine(c *field.Cursor, number int) {
	if number == 0 {
		c.While("domain", "field/greeting-domain", isGraphic)
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
	word := c.Rest()[:prefix(c.Rest(), isGraphic)]
	// Some servers write "AUTH=LOGIN" for clients of the last century.
	name, _, legacy := strings.Cut(word, "=")
	note, ok := keywords[strings.ToUpper(name)]
	if !ok {
		note = "keyword/unknown"
	}
	c.Add("keyword", note, len(name)).Value = strings.ToUpper(name)
	if legacy {
		c.Punct("equals", 1)
		c.While("parameter", note, isGraphic)
	}
	for c.Has(" ") {
		c.Punct("SP", 1)
		c.While("parameter", note, isGraphic)
	}
	freeText(c, "text", "field/text")
}

// freeText reads text up to the end of the line. Control characters in it are
// fields of their own.
func freeText(c *field.Cursor, name, note string) {
	for c.More() {
		end := len(c.Rest()) - ending(c.Rest())
		if end == 0 {
			return
		}
		n := prefix(c.Rest()[:end], isText)
		if n > 0 {
			c.Add(name, note, n)
		}
		if n < end {
			m := prefix(c.Rest()[:end-n], func(b byte) bool { return !isText(b) })
			c.Add("control characters", "field/control", m).Err = "a control character has no place in a reply"
		}
	}
}
