package imap

import (
	"strings"

	"surel/protocols/field"
	"surel/protocols/line"
)

// paren reads a list in parentheses; item reads each of its items, between
// which single spaces stand (RFC 9051 §4.4).
func (p *parser) paren(name, note string, item func()) {
	if !p.open(name, note) {
		return
	}
	for p.Err() == nil && p.Rest() != "" && !p.Has(")") {
		item()
		if !p.sp() && !p.Has(")") {
			p.bad("a space or a closing parenthesis")
		}
	}
	p.close()
}

// open reads the parenthesis that begins a list, unless too many are open.
func (p *parser) open(name, note string) bool {
	if !p.Has("(") {
		p.bad(name + " in parentheses")
		return false
	}
	if p.depth == maxDepth {
		p.wrong("mistake/too-deep", "too many lists stand in each other")
		return false
	}
	p.depth++
	p.Open(name, note)
	p.Punct("parenthesis", 1)
	return true
}

// close reads the parenthesis that ends the list which the last open began.
func (p *parser) close() *field.Field {
	if p.Err() == nil {
		if p.Has(")") {
			p.Punct("parenthesis", 1)
		} else {
			p.bad("a closing parenthesis")
		}
	}
	p.depth--
	return p.Close()
}

// values reads values of any form with spaces between them.
func (p *parser) values() {
	for p.value(); p.sp(); {
		p.value()
	}
}

// value reads a value of any form: what is said in a form that is not known.
func (p *parser) value() {
	switch {
	case p.Has("("):
		p.paren("list", "field/list", p.value)
	case p.isString():
		p.string("string", "field/string")
	case p.isNIL():
		p.nil("NIL", "field/nil")
	default:
		p.text("value", "field/value", isValue)
	}
}

// isValue accepts the characters of a value of which nothing is known.
func isValue(b byte) bool { return b > ' ' && b != '(' && b != ')' && b != '"' && b != 0x7f }

// flag-list reads flags in parentheses (RFC 9051 §2.3.2).
func (p *parser) flagList(name, note string) {
	p.paren(name, note, func() { p.flagOf("flag", "flag/unknown", "flag/keyword") })
}

// flagOf reads a flag or a mailbox attribute. system is the key of a name with
// a backslash that no table has, keyword that of one without.
func (p *parser) flagOf(name, system, keyword string) {
	rest, n := p.Rest(), 0
	if strings.HasPrefix(rest, `\`) {
		n = 1
	}
	if strings.HasPrefix(rest, `\*`) {
		n = 2
	} else {
		n += line.Prefix(rest[n:], isFlag)
	}
	if p.Err() != nil || n == 0 || rest[:n] == `\` {
		mistake := "mistake/bad-response"
		if p.client {
			mistake = "mistake/bad-flag"
		}
		p.wrong(mistake, "expected a flag such as \\Seen or $Forwarded")
		return
	}
	note, ok := flags[strings.ToUpper(rest[:n])]
	switch {
	case ok:
	case n > 0 && rest[0] == '\\':
		note = system
	default:
		note = keyword
	}
	p.Add(name, note, n)
}
