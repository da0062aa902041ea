package imap

import (
	"encoding/base64"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"surel/protocols/field"
)

// mailbox reads the name of a mailbox (RFC 9051 §5.1). Its value is the name
// as people read it.
func (p *parser) mailbox() { p.mailboxName(isAstring) }

// listMailbox reads a pattern of mailbox names, in which "*" stands for any
// text and "%" for any without a hierarchy delimiter (RFC 9051 §6.3.9).
func (p *parser) listMailbox() {
	f := p.mailboxName(isListMailbox)
	f.Name, f.Note = "pattern", "argument/pattern"
}

func (p *parser) mailboxName(accept func(byte) bool) *field.Field {
	f := p.text("mailbox", "argument/mailbox", accept)
	if strings.EqualFold(f.Value, "INBOX") {
		f.Value, f.Note = "INBOX", "argument/mailbox/INBOX"
		return f
	}
	if p.utf8 || strings.IndexByte(f.Value, '&') < 0 {
		return f
	}
	name, ok := decodeUTF7(f.Value)
	if !ok {
		p.flag(f, "mistake/bad-mailbox", "this is not modified UTF-7: behind & stands no text in its base64", true)
		return f
	}
	f.Value = name
	return f
}

// utf7 is the base64 of modified UTF-7, in which "," stands for "/"
// (RFC 3501 §5.1.3).
var utf7 = base64.NewEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,").
	WithPadding(base64.NoPadding)

// decodeUTF7 gives the text of a name in modified UTF-7 (RFC 3501 §5.1.3).
func decodeUTF7(name string) (text string, ok bool) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(name, "&")
		b.WriteString(before)
		if !found {
			return b.String(), true
		}
		shifted, after, closed := strings.Cut(rest, "-")
		if !closed {
			return name, false
		}
		if shifted == "" {
			b.WriteByte('&')
		} else if !writeUTF16(&b, shifted) {
			return name, false
		}
		name = after
	}
}

func writeUTF16(b *strings.Builder, shifted string) bool {
	raw, err := utf7.DecodeString(shifted)
	if err != nil || len(raw)%2 != 0 {
		return false
	}
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
	}
	for _, r := range utf16.Decode(units) {
		if r == utf8.RuneError {
			return false
		}
		b.WriteRune(r)
	}
	return true
}
