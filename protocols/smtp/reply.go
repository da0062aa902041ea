package smtp

import (
	"strconv"
	"strings"

	"surel/protocols/field"
	"surel/protocols/line"
	"surel/protocols/message"
	"surel/protocols/sasl"
)

// replyBody chooses what opens a reply.
func (d *Decoder) replyBody(said pending, code int) message.Body {
	switch {
	case said.verb == answersConnection:
		return greeting{}
	case code == 220 && said.verb == verbSTARTTLS:
		return startsTLS{}
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

// startsTLS opens the reply that lets TLS begin: a 220 too, and no greeting (RFC 3207 §4).
type startsTLS struct{ plainReply }

// Fields gives the reply's lines; the code means something else than in a greeting.
func (r startsTLS) Fields(raw []byte) []field.Field {
	all := r.plainReply.Fields(raw)
	for i := range all {
		if all[i].Name == "reply code" {
			all[i].Note += "/STARTTLS"
		}
	}
	return all
}

// challenge opens a 334 reply: base64 text in a login (RFC 4954 §4).
type challenge sasl.Step

// Summary gives the first line, and how many follow.
func (plainReply) Summary(raw []byte) string { return summary(raw) }

// Summary gives the first line, and how many follow.
func (greeting) Summary(raw []byte) string { return summary(raw) }

// Summary gives the code and what the challenge says.
func (c challenge) Summary(raw []byte) string {
	code, text, found := strings.Cut(summary(raw), " ")
	if !found {
		return code
	}
	return code + " " + sasl.Challenge(text)
}

func summary(raw []byte) string {
	first, rest, _ := strings.Cut(string(raw), "\n")
	first = strings.TrimSuffix(first, "\r")
	if n := strings.Count(rest, "\n"); n > 0 {
		first += " (+" + strconv.Itoa(n) + ")"
	}
	return first
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
		if text := line.Cut(cur.Rest()); text != "" {
			sasl.AddChallenge(cur, sasl.Step(c), len(text))
		}
	})
}
