package imap

import (
	"strconv"
	"strings"

	"surel/protocols/field"
	"surel/protocols/line"
)

// astring reads an atom, a quoted string or a literal (RFC 9051 §4.3).
func (p *parser) astring(name, note string) *field.Field { return p.text(name, note, isAstring) }

// text reads a quoted string or a literal, or else a run of the bytes that
// accept allows. Its value is what it says.
func (p *parser) text(name, note string, accept func(byte) bool) *field.Field {
	if p.isString() {
		return p.string(name, note)
	}
	n := 0
	if p.Err() == nil {
		n = line.Prefix(p.Rest(), accept)
		if n == 0 && p.Rest() != "" && p.Rest()[0] >= 0x80 {
			n = p.eightBit()
		}
	}
	if n == 0 {
		p.bad(name)
		return &field.Field{}
	}
	f := p.Add(name, note, n)
	p.sevenBit(f)
	return f
}

// eightBit measures a word with bytes beyond ASCII, which has to be quoted.
func (p *parser) eightBit() int {
	return line.Prefix(p.Rest(), func(b byte) bool { return isAstring(b) || b >= 0x80 })
}

// sevenBit notes text beyond ASCII that nothing allows: in a command, where
// UTF-8 was not agreed on (RFC 6855 §3, RFC 9051 §4.3).
func (p *parser) sevenBit(f *field.Field) {
	if p.client && !p.utf8 && strings.IndexFunc(f.Value, func(r rune) bool { return r >= 0x80 }) >= 0 {
		p.flag(f, "mistake/8bit-not-enabled", "text beyond ASCII stands here, and UTF-8 was not agreed on", false)
	}
}

func (p *parser) isString() bool { return p.Has(`"`) || p.Has("{") || p.Has("~{") }

// string reads a quoted string or a literal.
func (p *parser) string(name, note string) *field.Field {
	switch {
	case p.Has(`"`):
		return p.quoted(name, note)
	case p.Has("{") || p.Has("~{"):
		return p.literal(name, note)
	}
	p.bad(name + " as a string")
	return &field.Field{}
}

// nstring reads a string or NIL.
func (p *parser) nstring(name, note string) *field.Field {
	if p.isNIL() {
		return p.nil(name, note)
	}
	return p.string(name, note)
}

func (p *parser) isNIL() bool { return p.word(isAtom) == "NIL" }

// nil reads NIL, which stands for nothing (RFC 9051 §4.5).
func (p *parser) nil(name, note string) *field.Field {
	f := p.Add(name, note, len("NIL"))
	f.Value = "NIL"
	return f
}

// quoted reads a quoted string, in which a backslash stands before a quote or
// a backslash.
func (p *parser) quoted(name, note string) *field.Field {
	rest := p.Rest()
	n := 1
	for n < len(rest) && rest[n] != '"' && isLine(rest[n]) {
		if rest[n] == '\\' && n+1 < len(rest) && isLine(rest[n+1]) {
			n++
		}
		n++
	}
	p.Open(name, note)
	p.Punct("quote", 1)
	if n > 1 {
		p.Add("text", "", n-1)
	}
	closed := p.Has(`"`)
	if closed {
		p.Punct("quote", 1)
	}
	f := p.Close()
	f.Value = unescape(rest[1:min(n, len(rest))])
	switch {
	case !closed:
		mistake := "mistake/bad-response"
		if p.client {
			mistake = "mistake/unclosed-quote"
		}
		p.flag(f, mistake, "the closing quotation mark is missing", true)
	case strings.IndexByte(f.Value, 0) >= 0:
		p.flag(f, "mistake/control-character", "a zero byte has no place in a string", true)
	default:
		p.sevenBit(f)
	}
	return f
}

func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// literal reads a literal: its announcement with the end of that line, and the
// bytes (RFC 9051 §4.3). Where the message ends before all of them have come,
// the reading is suspended.
func (p *parser) literal(name, note string) *field.Field {
	p.Open(name, note)
	rest := p.Rest()
	lf := strings.IndexByte(rest[:min(len(rest), len("~\r\n")+maxAnnouncement)], '\n')
	announced := rest
	if lf >= 0 {
		announced = line.Cut(rest[:lf+1])
	}
	size, waits, ok := announcement([]byte(strings.TrimPrefix(announced, "~")))
	if !ok {
		p.bad("a number in braces, and behind it the end of the line")
		return p.Close()
	}
	f := p.Add("announcement", literalNote(announced, waits, p.client), len(announced))
	f.Value = strconv.FormatInt(size, 10)
	if p.client && !waits {
		p.withoutWaiting(f, size)
	}
	line.AddEnd(p.Cursor)
	left := int64(len(p.Rest()))
	n := int(min(size, left))
	p.data = field.Bytes(p.Pos(), p.Pos()+n)
	value := ""
	if n > 0 {
		value = p.Add("data", "literal/data", n).Value
	}
	if size > left || lf < 0 {
		p.suspend()
	}
	closed := p.Close()
	closed.Value = value
	return closed
}

// literalNote chooses the note on an announcement.
func literalNote(announced string, waits, client bool) string {
	switch {
	case announced[0] == '~':
		return "literal/literal8"
	case !client:
		return "literal/server"
	case waits:
		return "literal/sync"
	}
	return "literal/non-sync"
}

// maxWithoutWaiting is the largest literal, in bytes, that LITERAL- lets a
// client send without waiting (RFC 7888 §5).
const maxWithoutWaiting = 4096

// withoutWaiting checks that the server lets the client send a literal
// without waiting for leave.
func (p *parser) withoutWaiting(f *field.Field, size int64) {
	switch {
	case !p.has("LITERAL+", "LITERAL-", "IMAP4REV2"):
		p.flag(f, "mistake/literal-not-offered", "the server does not announce LITERAL+ or LITERAL-", false)
	case !p.has("LITERAL+") && size > maxWithoutWaiting:
		p.flag(f, "mistake/literal-too-long", "LITERAL- allows 4096 bytes at most without waiting", false)
	}
}

// number reads a number of up to 63 bits (RFC 9051 §4.2).
func (p *parser) number(name, note string) {
	n := 0
	if p.Err() == nil {
		n = line.Prefix(p.Rest(), line.IsDigit)
	}
	if n == 0 {
		p.bad(name + " as a number")
		return
	}
	f := p.Add(name, note, n)
	if _, err := strconv.ParseInt(f.Value, 10, 64); err != nil {
		p.flag(f, "mistake/bad-number", "this number is too large", true)
	}
}

// atom reads a word.
func (p *parser) atom(name, note string) *field.Field {
	if !p.More() || !isAtom(p.Rest()[0]) {
		p.bad(name)
		return &field.Field{}
	}
	return p.Add(name, note, line.Prefix(p.Rest(), isAtom))
}
