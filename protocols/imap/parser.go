package imap

import (
	"strings"

	"surel/protocols/field"
	"surel/protocols/line"
)

// parser reads one message. Its methods carry the names of the grammar's
// elements (RFC 9051 §9).
type parser struct {
	*field.Cursor
	*session
	// client tells that a command is read.
	client bool
	// depth is how many lists are open.
	depth int
	// mistake is the key of the first thing that is wrong.
	mistake string
	// malformed tells that the grammar is broken.
	malformed bool
	// suspended tells that the message ends before a literal, or inside one.
	suspended bool
	// carried are the literals that hold a letter or a part of one.
	carried []carried
	// data is where the bytes of the last literal lie.
	data field.Span
	// largest is the largest number of the sequence sets; 0 where there is
	// none, or only "*".
	largest uint32
}

// maxDepth bounds how deep lists may stand in each other. A letter whose parts
// are nested deeper than that is an attack.
const maxDepth = 64

// wrong notes a mistake after which nothing more of the message can be read.
func (p *parser) wrong(mistake, why string) {
	if p.Err() != nil {
		return
	}
	p.note(mistake, true)
	if p.Rest() == "" {
		p.Add("missing", "field/missing", 0).Err = why
	}
	p.Fail(why)
}

// flag notes a mistake in a field that can be read all the same.
func (p *parser) flag(f *field.Field, mistake, why string, malformed bool) {
	if f.Err == "" {
		f.Err = why
	}
	p.note(mistake, malformed)
}

func (p *parser) note(mistake string, malformed bool) {
	if p.Err() != nil {
		return // what follows a failure was not read
	}
	if p.mistake == "" {
		p.mistake = mistake
	}
	p.malformed = p.malformed || malformed
}

// suspend ends the reading before a literal that is still to come.
func (p *parser) suspend() {
	p.suspended = true
	p.Fail("the message goes on with the literal")
}

// bad notes that what comes next is not what the grammar wants here.
func (p *parser) bad(what string) {
	mistake := "mistake/bad-response"
	if p.client {
		mistake = "mistake/bad-argument"
		if p.Rest() == "" {
			mistake = "mistake/missing-argument"
		}
	}
	p.wrong(mistake, "expected "+what)
}

// sp reads the space between two elements.
func (p *parser) sp() bool {
	if !p.Has(" ") {
		return false
	}
	p.Punct("SP", 1)
	return true
}

// need reads the space before an element that must be there.
func (p *parser) need(what string) bool {
	if p.Rest() != "" && p.sp() {
		return p.Err() == nil
	}
	p.bad("a space and " + what)
	return false
}

// word gives the atom that comes next, in capitals, without taking it.
func (p *parser) word(accept func(byte) bool) string {
	if p.Err() != nil {
		return ""
	}
	return strings.ToUpper(p.Rest()[:line.Prefix(p.Rest(), accept)])
}

// finish reads what may stand before the end of the line. Anything but spaces
// is wrong.
func (p *parser) finish(mistake string) {
	rest := p.Rest()
	switch {
	case p.Err() != nil || rest == "":
	case strings.Trim(rest, " ") == "":
		p.Punct("SP", len(rest))
	default:
		p.wrong(mistake, "nothing may follow here")
	}
}

// tree gives the fields of what was read of a message, and the end of its
// line, which begins at byte at.
func (p *parser) tree(text string, at int) []field.Field {
	read := p.Pos()
	if p.Err() == nil || p.suspended || read == at {
		p.stop()
		return append(p.Fields(), line.End(text, at)...)
	}
	c := field.NewCursorAt(text[read:at], read)
	c.Fail(p.Err().Error())
	fields := append(clip(p.Fields(), 0, read), c.Fields()...)
	return append(fields, line.End(text, at)...)
}

// stop makes sure that nothing is left to read.
func (p *parser) stop() {
	if p.Err() == nil && p.Rest() != "" {
		p.wrong("mistake/bad-response", "unexpected text")
	}
}

// clip gives the part of a tree that lies between two bytes of its message,
// with its places counted from the first of them.
func clip(fields []field.Field, from, to int) []field.Field {
	span := field.Bytes(from, to)
	kept := make([]field.Field, 0, len(fields))
	for i := range fields {
		f := fields[i]
		outside := f.Span.End < span.Start || f.Span.Start > span.End || f.Span.End == span.Start && f.Span.Start < span.Start ||
			f.Span.Start == span.End && f.Span.End > span.End
		if outside {
			continue
		}
		f.Span.Start = max(f.Span.Start, span.Start) - span.Start
		f.Span.End = min(f.Span.End, span.End) - span.Start
		if len(f.Fields) > 0 {
			f.Fields = clip(f.Fields, from, to)
		}
		kept = append(kept, f)
	}
	return kept
}
