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

// challenge opens a 334 reply: base64 text in a login (RFC 4954 §4).
type challenge step

// Summary gives the first line, and how many follow.
func (plainReply) Summary(raw []byte) string { return summary(raw) }

// Summary gives the first line, and how many follow.
func (greeting) Summary(raw []byte) string { return summary(raw) }

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

// tornReply opens lines of a reply whose last line never came.
type tornReply struct{ plainReply }

// Fields gives the lines, and an error behind them.
func (t tornReply) Fields(raw []byte) []field.Field {
	return append(t.plainReply.Fields(raw), field.Field{
		Name: "missing", Note: "field/missing", Span: field.Bytes(len(raw), len(raw)),
		Err: "the last line of this reply never came",
	})
}

// Fields gives the reply's lines.
func (plainReply) Fields(raw []byte) []field.Field { return replyFields(raw, textLine) }

// Fields gives the reply's lines.
func (greeting) Fields(raw []byte) []field.Field { return replyFields(raw, greetingLine) }

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
