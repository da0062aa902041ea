package sasl

import (
	"surel/protocols/field"
	"surel/protocols/line"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// Response opens a line with which the client answers a challenge.
type Response Step

var _ message.Carrier = Response(0)

// Summary gives the line, with what is secret masked.
func (r Response) Summary(raw []byte) string {
	text := string(line.Cut(raw))
	if text == Cancel || text == "" {
		return text
	}
	if Step(r) == loginUser {
		if decoded, err := decode(text); err == nil {
			return string(decoded)
		}
	}
	return Mask
}

// Fields gives the base64 text and the end of the line.
func (r Response) Fields(raw []byte) []field.Field {
	whole := string(raw)
	text := line.Cut(whole)
	c := field.NewCursorAt(text, 0)
	switch text {
	case "":
	case Cancel:
		c.Add("cancel", "auth/cancel", len(text))
	default:
		f := c.Add("response", Step(r).Note(), len(text))
		if Step(r) != loginUser {
			f.Kind = field.Secret
		}
		f.Err = Fault(text)
	}
	return append(c.Fields(), line.End(whole, len(text))...)
}

// Inner gives the decoded response as a message of its own.
func (r Response) Inner(raw []byte) []message.Message {
	text := string(line.Cut(raw))
	if text == Cancel {
		return nil
	}
	return Open(Step(r), text)
}

// state is the state in which a login's messages stand, in every protocol that
// has one.
const state = "auth"

// Open decodes the text of a response and gives it as a message of its own;
// nothing comes out where it is no base64.
func Open(s Step, text string) []message.Message {
	decoded, err := decode(text)
	if err != nil || len(decoded) == 0 {
		return nil
	}
	return []message.Message{{
		Raw: decoded, Name: steps[s].name, Note: steps[s].response, State: state, Body: credentials(s), Dir: wire.ClientToServer,
	}}
}

// AddChallenge takes the next n bytes as what the server asks for the step.
// They are base64, and the field's value is what they say.
func AddChallenge(c *field.Cursor, s Step, n int) {
	f := c.Add("challenge", s.ChallengeNote(), n)
	if decoded, err := decode(f.Value); err == nil {
		f.Value = string(decoded)
	} else {
		f.Err = Fault(f.Value)
	}
}

// Challenge gives what the base64 text of a challenge says; the text itself
// where it is no base64.
func Challenge(text string) string {
	if decoded, err := decode(text); err == nil && len(decoded) > 0 {
		return string(decoded)
	}
	return text
}
