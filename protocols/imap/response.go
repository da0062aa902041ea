package imap

import (
	"strings"

	"surel/protocols/field"
	"surel/protocols/line"
	"surel/protocols/message"
	"surel/protocols/sasl"
	"surel/protocols/wire"
)

// reply opens a response.
type reply struct{ *session }

var _ message.Carrier = reply{}

// Summary gives the response's line; for a literal stands its announcement.
func (reply) Summary(raw []byte) string { return summary(raw, 0) }

// Fields gives the response's parts.
func (r reply) Fields(raw []byte) []field.Field {
	text := string(raw)
	return r.parseReply(text, true).tree(text, len(text)-line.Ending(text))
}

// Inner gives the letters, and the parts of letters, that a FETCH response
// carries.
func (r reply) Inner(raw []byte) []message.Message { return r.inner(raw, true) }

func (r reply) inner(raw []byte, whole bool) []message.Message {
	if _, _, ok := literalAt(firstLine(raw)); !ok && len(raw) < maxHead {
		return nil
	}
	p := r.parseReply(string(raw), whole)
	return inner(p.carried, raw, 0, wire.ServerToClient, stateSelected)
}

// cutReply opens the first part of a response that is longer than maxMessage.
type cutReply struct{ reply }

// Fields gives the parts that the response has so far.
func (r cutReply) Fields(raw []byte) []field.Field {
	text := string(raw)
	return r.parseReply(text, false).tree(text, len(text))
}

// Inner gives what of the letter has come so far.
func (r cutReply) Inner(raw []byte) []message.Message { return r.inner(raw, false) }

// challenge opens a continuation within a login: base64 text.
type challenge sasl.Step

// Summary gives what the challenge says.
func (challenge) Summary(raw []byte) string {
	text := string(line.Cut(raw))
	if said, ok := strings.CutPrefix(text, "+ "); ok && said != "" {
		return "+ " + sasl.Challenge(said)
	}
	return text
}

// Fields gives the continuation's parts.
func (ch challenge) Fields(raw []byte) []field.Field {
	text := string(raw)
	end := len(text) - line.Ending(text)
	c := field.NewCursorAt(text[:end], 0)
	c.Add("continuation", "continuation/auth", 1)
	if c.Has(" ") {
		c.Punct("SP", 1)
	}
	if n := len(c.Rest()); n > 0 {
		sasl.AddChallenge(c, sasl.Step(ch), n)
	}
	return append(c.Fields(), line.End(text, end)...)
}

// parseReply reads a response. Where it is not whole, it was cut off inside a
// literal, and so has no end of a line.
func (s *session) parseReply(text string, whole bool) *parser {
	end := len(text)
	if whole {
		end -= line.Ending(text)
	}
	p := &parser{Cursor: field.NewCursorAt(text[:end], 0), session: s}
	p.reply()
	return p
}

// checkReply tells what is wrong with a response, without keeping its tree.
func (s *session) checkReply(text string, whole bool) (mistake string, malformed bool) {
	if whole {
		text = line.Cut(text)
	}
	p := &parser{Cursor: field.NewCursorAt(text, 0), session: s}
	p.Forget()
	p.reply()
	return p.mistake, p.malformed
}

// reply reads a response (RFC 9051 §2.2.2).
func (p *parser) reply() {
	switch {
	case p.Has("+"):
		p.Add("continuation", "continuation", 1)
		if p.sp() {
			p.respText()
		}
	case p.Has("* "):
		p.Add("untagged", "response/untagged", 1)
		p.sp()
		p.untagged()
	default:
		p.tagged()
	}
	p.finish("mistake/bad-response")
}

// tagged reads the response that completes a command (RFC 9051 §2.2.2).
func (p *parser) tagged() {
	n := line.Prefix(p.Rest(), isTag)
	if n == 0 {
		p.bad(`a tag, "*" or "+"`)
		return
	}
	p.Add("tag", "field/tag", n)
	if p.need("OK, NO or BAD") {
		p.status("tagged/")
	}
}

// status reads the word of a status response and its text.
func (p *parser) status(prefix string) {
	word := p.Rest()[:line.Prefix(p.Rest(), line.IsLetter)]
	s := statusOf([]byte(word))
	if s == statusNone || prefix == "tagged/" && s > statusBAD {
		p.bad("OK, NO or BAD")
		return
	}
	p.Add("status", prefix+s.String(), len(word)).Value = s.String()
	if p.Rest() == "" {
		return // some servers leave the text out
	}
	if p.need("text") {
		p.respText()
	}
}

// untagged reads a status response or data; before some data a number stands
// (RFC 9051 §7).
func (p *parser) untagged() {
	n := line.Prefix(p.Rest(), line.IsDigit)
	numbered := n > 0
	if numbered {
		p.number("number", numberNote(p.Rest()[n:]))
		if !p.need("what the number means") {
			return
		}
	}
	word := p.word(isAtom)
	if !numbered && statusOf([]byte(word)) != statusNone {
		p.status("response/")
		return
	}
	known, ok := responses[word]
	if !ok || numbered != known.numbered() {
		p.unknownResponse(len(word))
		return
	}
	p.Add("response", known.note, len(word)).Value = word
	p.forms(known.forms)
}

// numberNote chooses the note on the number before a response: it counts
// messages, or it names one.
func numberNote(rest string) string {
	if word := strings.TrimLeft(rest, " "); strings.HasPrefix(word, "FETCH") || strings.HasPrefix(word, "EXPUNGE") {
		return "field/message-number"
	}
	return "field/count"
}

// unknownResponse reads data that no table has.
func (p *parser) unknownResponse(n int) {
	if n == 0 {
		p.bad("the name of a response")
		return
	}
	p.Add("response", "response/unknown", n)
	if p.sp() && p.Rest() != "" {
		p.values()
	}
}
