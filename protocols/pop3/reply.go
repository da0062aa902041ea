package pop3

import (
	"strings"

	"surel/protocols/field"
	"surel/protocols/line"
	"surel/protocols/sasl"
)

// status opens a status line: it is the verb that it answers, and whether that
// had an argument.
type status verb

const withArgument status = 1 << 7

func statusOf(said pending) status {
	s := status(said.verb)
	if said.argument {
		s |= withArgument
	}
	return s
}

func (s status) verb() verb { return verb(s &^ withArgument) }

// Summary gives the line.
func (status) Summary(raw []byte) string { return string(line.Cut(raw)) }

// Fields gives the line's parts.
func (s status) Fields(raw []byte) []field.Field {
	whole := string(raw)
	text := line.Cut(whole)
	c := field.NewCursorAt(text, 0)
	how := outcomeOf(text)
	f := c.Add("status indicator", choose(how == isOK, "reply/ok", "reply/err"), len(outcomeNames[how]))
	if f.Value != outcomeNames[how] {
		f.Err = "a status indicator is in capitals"
	}
	spOrEnd(c)
	if code := responseCode(text); code != "" {
		addResponseCode(c, code)
		spOrEnd(c)
	}
	if how == isOK {
		s.accepted(c)
	}
	c.While("text", "field/text", line.IsText)
	if c.More() {
		c.Fail("a control character has no place in a status line")
	}
	return append(c.Fields(), line.End(whole, len(text))...)
}

// accepted reads what stands behind +OK for programs to read.
func (s status) accepted(c *field.Cursor) {
	v, argument := s.verb(), s&withArgument != 0
	switch {
	case v == answersConnection:
		addTimestamp(c)
	case v == verbSTAT: // RFC 1939 §5
		if digits(c, "message count", "field/message-count") && needSP(c) &&
			digits(c, "maildrop octets", "field/maildrop-octets") {
			spOrEnd(c)
		}
	case v == verbLIST && argument:
		scanListing(c)
	case v == verbUIDL && argument:
		uniqueID(c)
	case v == verbRETR || v == verbTOP: // not promised, but usual (RFC 1939 §5)
		if rest := strings.TrimLeft(c.Rest(), "0123456789"); rest != c.Rest() && strings.HasPrefix(rest, " octets") {
			digits(c, "message octets", "field/message-octets")
			sp(c)
		}
	case v == verbLANG && argument: // RFC 6856 §3.2
		if c.While("language-tag", "field/language-tag", line.IsGraphic) {
			sp(c)
		}
	}
}

// sp takes a space, where there is one.
func sp(c *field.Cursor) bool {
	if !c.Has(" ") {
		return false
	}
	c.Punct("SP", 1)
	return true
}

// needSP takes a space, which must be there.
func needSP(c *field.Cursor) bool {
	if !sp(c) {
		missing(c, "expected a space")
		return false
	}
	return true
}

// spOrEnd takes a space, unless nothing more stands on the line.
func spOrEnd(c *field.Cursor) {
	if c.More() {
		needSP(c)
	}
}

// digits takes a number.
func digits(c *field.Cursor, name, note string) bool {
	n := line.Prefix(c.Rest(), line.IsDigit)
	if n == 0 {
		missing(c, "expected a number")
		return false
	}
	if f := c.Add(name, note, n); f.Err == "" {
		if _, ok := number(f.Value); !ok {
			f.Err = "this number is too large"
		}
	}
	return true
}

// missing says what should stand here.
func missing(c *field.Cursor, why string) {
	if c.Rest() == "" {
		c.Add("missing", "field/missing", 0).Err = why
	}
	c.Fail(why)
}

// responseCode finds the code between brackets that begins the text of a
// status line (RFC 2449 §8), in capitals; nothing where there is none.
func responseCode(text string) string {
	name := outcomeNames[outcomeOf(text)]
	rest, ok := strings.CutPrefix(text[len(name):], " [")
	end := strings.IndexByte(rest, ']')
	if !ok || end < 0 || line.Prefix(rest[:end], line.IsGraphic) != end {
		return ""
	}
	return strings.ToUpper(rest[:end])
}

func addResponseCode(c *field.Cursor, code string) {
	note, ok := responseCodeNotes[code]
	if !ok {
		note = "response-code/unknown"
	}
	c.Open("resp-code", note)
	bracket(c)
	c.Add("code", note, len(code)).Value = code
	bracket(c)
	c.Close()
}

// bracket takes a bracket around a response code.
func bracket(c *field.Cursor) { c.Add("bracket", "field/code-bracket", 1).Kind = field.Punctuation }

// timestamp gives what a greeting holds for APOP: the text from < to >, with
// an @ in it (RFC 1939 §7); nothing where there is none.
func timestamp(greeting string) string {
	start := strings.IndexByte(greeting, '<')
	if start < 0 {
		return ""
	}
	end := strings.IndexByte(greeting[start:], '>')
	if end < 0 {
		return ""
	}
	stamp := greeting[start : start+end+1]
	if !strings.Contains(stamp, "@") || line.Prefix(stamp, line.IsGraphic) != len(stamp) {
		return ""
	}
	return stamp
}

// addTimestamp takes the greeting's text up to its timestamp and the timestamp.
func addTimestamp(c *field.Cursor) {
	stamp := timestamp(c.Rest())
	if stamp == "" {
		return
	}
	if before := strings.Index(c.Rest(), stamp); line.Prefix(c.Rest(), line.IsText) >= before {
		if before > 0 {
			c.Add("text", "field/text", before)
		}
		c.Add("timestamp", "field/timestamp", len(stamp))
	}
}

// challenge opens a line that begins with + in a login (RFC 5034 §4).
type challenge sasl.Step

// Summary gives what the challenge says.
func (challenge) Summary(raw []byte) string {
	text := string(line.Cut(raw))
	if len(text) <= len("+ ") {
		return text
	}
	return "+ " + sasl.Challenge(text[len("+ "):])
}

// Fields gives the base64 text of the challenge.
func (s challenge) Fields(raw []byte) []field.Field {
	whole := string(raw)
	text := line.Cut(whole)
	c := field.NewCursorAt(text, 0)
	c.Add("continuation", "reply/continuation", 1)
	if sp(c) && c.More() {
		sasl.AddChallenge(c, sasl.Step(s), len(c.Rest()))
	}
	return append(c.Fields(), line.End(whole, len(text))...)
}
