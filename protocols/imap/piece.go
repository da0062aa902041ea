package imap

import (
	"bytes"

	"surel/protocols/field"
	"surel/protocols/line"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// piece opens what the client sends of a command after it had to wait: it
// begins with a literal. It is read with what went before it, so that it opens
// as the part of the command that it is.
type piece struct {
	*session
	before  string // the command so far; of earlier literals only the places
	literal int64  // bytes of the literal with which the piece begins
	verb    *verb
}

var _ message.Carrier = (*piece)(nil)

// Summary gives the size of the literal and the lines behind it.
func (p *piece) Summary(raw []byte) string {
	if p.verb.secret() {
		return masked(p.Fields(raw), raw)
	}
	return summary(raw, p.literal)
}

// Fields gives the piece's part of the command.
func (p *piece) Fields(raw []byte) []field.Field {
	text := p.before + string(raw)
	fields := p.parse(text, true).tree(text, len(text)-line.Ending(text))
	return hideUnread(clip(fields, len(p.before), len(text)), p.verb.secret())
}

// Inner gives the letter that the literal holds.
func (p *piece) Inner(raw []byte) []message.Message {
	if p.verb.name != verbAppend {
		return nil
	}
	read := p.parse(p.before+string(raw), true)
	return inner(read.carried, raw, len(p.before), wire.ClientToServer, stateAppend)
}

// faulty tells whether something is wrong with one of the fields. What is wrong
// with an earlier piece of the command was told there.
func faulty(fields []field.Field) bool {
	found := false
	field.Walk(fields, func(f *field.Field, _ int) { found = found || f.Err != "" })
	return found
}

// unfinished holds what the client has sent of a command that waits for leave
// to send a literal.
type unfinished struct {
	before  []byte // as piece.before, without the last announcement
	waiting []byte // the last announcement, with the end of its line
	size    int64  // which it announces
	tag     string
	verb    *verb
	pieces  int
}

// maxBefore bounds how much of an unfinished command is kept, in bytes, and
// maxPieces of how many pieces. What comes beyond opens without what went
// before it.
const (
	maxBefore = 64 << 10
	maxPieces = 64
)

// add takes in one more piece, which begins with so many bytes of a literal
// and ends with the announcement of another. Earlier literals are left out.
func (u *unfinished) add(raw []byte, literal int64) {
	if len(u.waiting) > 0 {
		u.before = append(u.before, "{0}\r\n"...)
	}
	rest := raw[min(literal, int64(len(raw))):]
	for len(rest) > 0 {
		i := bytes.IndexByte(rest, '\n')
		if i < 0 {
			break
		}
		text := rest[:i+1]
		size, waits, ok := literalAt(text)
		if !ok {
			break
		}
		open := bytes.LastIndexByte(text, '{')
		u.before = append(u.before, text[:open]...)
		u.waiting, u.size = bytes.Clone(text[open:]), size
		if waits {
			break
		}
		u.before = append(u.before, "{0+}\r\n"...)
		rest = rest[i+1:]
		rest = rest[min(size, int64(len(rest))):]
	}
	u.pieces++
	if len(u.before) > maxBefore || u.pieces > maxPieces {
		u.before, u.pieces = nil, maxPieces
	}
}

// body gives what opens the next piece.
func (u *unfinished) body(s *session, literal int64) message.Body {
	if u.pieces == maxPieces {
		return rest{literal: literal, secret: u.verb.secret()}
	}
	return &piece{session: s, before: string(u.before) + string(u.waiting), literal: literal, verb: u.verb}
}

// rest opens a part of a message that is read without what went before it.
type rest struct {
	literal int64 // bytes of the literal with which it begins
	secret  bool
}

// Summary gives the lines behind the literal.
func (r rest) Summary(raw []byte) string {
	if r.secret {
		return masked(r.Fields(raw), raw)
	}
	return summary(raw, r.literal)
}

// Fields gives the literal, what follows it, and the end of the line.
func (r rest) Fields(raw []byte) []field.Field {
	c := field.NewCursor(raw)
	if n := int(min(r.literal, int64(len(raw)))); n > 0 {
		c.Add("literal", "literal/part", n)
	}
	if n := len(c.Rest()) - line.Ending(c.Rest()); n > 0 {
		c.Add("text", "literal/rest", n)
	}
	line.AddEnd(c)
	fields := c.Fields()
	if r.secret {
		hideAll(fields)
	}
	return fields
}
