package imap

import (
	"bytes"
	"strings"

	"surel/protocols/field"
	"surel/protocols/line"
	"surel/protocols/message"
	"surel/protocols/sasl"
	"surel/protocols/wire"
)

// command opens a command that is whole, or that ends before a literal for
// which the client must wait.
type command struct{ *session }

var _ message.Carrier = command{}

// Summary gives the command's line, with what is secret masked.
func (c command) Summary(raw []byte) string {
	if !mayHoldSecret(raw) {
		return summary(raw, 0)
	}
	return masked(c.Fields(raw), raw)
}

// mayHoldSecret tells whether a command's text holds a password.
func mayHoldSecret(raw []byte) bool { return headOf(firstLine(raw)).verb.secret() }

// Fields gives the command's parts.
func (c command) Fields(raw []byte) []field.Field {
	p := c.parse(string(raw), true)
	return hideUnread(p.tree(string(raw), len(raw)-line.Ending(raw)), mayHoldSecret(raw))
}

// hideUnread marks what could not be read of a login as secret.
func hideUnread(fields []field.Field, secret bool) []field.Field {
	if secret {
		sasl.Hide(fields)
	}
	return fields
}

// Inner gives the letters that the command carries, or the decoded response of
// a login.
func (c command) Inner(raw []byte) []message.Message {
	switch h := headOf(firstLine(raw)); h.verb.name {
	case verbAppend:
		p := c.parse(string(raw), true)
		return inner(p.carried, raw, 0, wire.ClientToServer, stateAppend)
	case verbAuthenticate:
		mechanism, initial := loginArguments(raw[h.size:])
		return sasl.Open(sasl.First(mechanism), initial)
	}
	return nil
}

// loginArguments gives the mechanism and the initial response of
// AUTHENTICATE; either may be missing.
func loginArguments(rest []byte) (mechanism, initial string) {
	words := strings.Fields(string(line.Cut(rest)))
	if len(words) > 0 {
		mechanism = words[0]
	}
	if len(words) > 1 {
		initial = words[1]
	}
	return mechanism, initial
}

// firstLine gives the first line of a message with its end.
func firstLine(raw []byte) []byte {
	raw = raw[:min(len(raw), maxHead)]
	if i := bytes.IndexByte(raw, '\n'); i >= 0 {
		return raw[:i+1]
	}
	return raw
}

// maxHead is how far into a message its tag and its name are looked for, in
// bytes.
const maxHead = 1024

// parse reads a command. Where it is not whole, it was cut off inside a
// literal, and so has no end of a line.
func (s *session) parse(text string, whole bool) *parser {
	end := len(text)
	if whole {
		end -= line.Ending(text)
	}
	p := &parser{Cursor: field.NewCursorAt(text[:end], 0), client: true, session: s}
	p.command(headOf(firstLine([]byte(text[:min(len(text), maxHead)]))))
	return p
}

// command reads tag, name and arguments (RFC 9051 §2.2.1).
func (p *parser) command(h head) {
	if p.Rest() == "" {
		p.wrong("mistake/missing-tag", "an empty line is no command")
		return
	}
	if len(h.tag) > 0 {
		p.tag(len(h.tag))
		if !p.sp() {
			p.wrong("mistake/missing-command", "behind the tag a space and the command are missing")
			return
		}
	}
	if h.verb == unknown {
		p.unknownCommand()
		return
	}
	if len(h.tag) == 0 {
		p.note("mistake/missing-tag", true)
		p.Add("tag", "field/tag", 0).Err = "a tag must stand before the command"
	}
	if strings.HasPrefix(h.verb.name, "UID ") {
		p.Add("UID", "command/UID", len("UID")).Value = "UID"
		p.sp()
	}
	name := h.verb.name[strings.IndexByte(h.verb.name, ' ')+1:]
	p.Add("command", h.verb.note, len(name)).Value = name
	p.forms(h.verb.forms)
	p.finish("mistake/unexpected-argument")
}

// tag reads the tag, by which the server's response finds its command.
func (p *parser) tag(n int) {
	f := p.Add("tag", "field/tag", n)
	if line.Prefix(f.Value, isTag) != n {
		p.flag(f, "mistake/bad-tag", `a tag has letters, digits and few other characters, and no "+"`, true)
	}
}

// unknownCommand reads a command that no table has.
func (p *parser) unknownCommand() {
	n := line.Prefix(p.Rest(), line.IsGraphic)
	if n == 0 {
		p.wrong("mistake/missing-command", "the command is missing")
		return
	}
	p.note("mistake/unknown-command", false)
	p.Add("command", "command/unknown", n)
	if p.sp() {
		p.While("argument", "field/argument", line.IsText)
	}
	p.finish("mistake/control-character")
}
