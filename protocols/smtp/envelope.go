package smtp

import (
	"strings"

	"surel/protocols/field"
)

// envelope reads the argument of MAIL or RCPT: "FROM:" or "TO:", a path and
// parameters (RFC 5321 §4.1.1.2, RFC 5321 §4.1.1.3).
func (p *parser) envelope(word, path, note string) {
	if !p.need(word + ":") {
		return
	}
	if !p.HasFold(word) {
		p.wrong("mistake/missing-argument", "expected "+word+":")
		return
	}
	p.Add(word, "field/"+word, len(word)).Value = word
	if p.Has(" ") && strings.HasPrefix(strings.TrimLeft(p.Rest(), " "), ":") {
		p.flagSpaces("a space before the colon is not allowed")
	}
	if !p.Has(":") {
		p.wrong("mistake/missing-argument", "a colon must follow "+word)
		return
	}
	p.Punct("colon", 1)
	if p.Has(" ") && strings.Trim(p.Rest(), " ") != "" {
		p.flagSpaces("a space after the colon is not allowed") // RFC 5321 §3.3
	}
	if p.Rest() == "" {
		p.wrong("mistake/missing-argument", "the "+path+" is missing")
		return
	}
	p.path(path, note)
	p.parameters()
}

func (p *parser) flagSpaces(why string) {
	n := len(p.Rest()) - len(strings.TrimLeft(p.Rest(), " "))
	f := p.Add("SP", "punct/SP", n)
	f.Kind = field.Punctuation
	p.flag(f, "mistake/space-after-colon", why, true)
}

// path reads Reverse-path or Forward-path; its value is what stands between
// the angle brackets.
func (p *parser) path(name, note string) {
	p.Open(name, note)
	if !p.Has("<") {
		p.mailbox(name == "forward-path")
		f := p.Close()
		p.flag(f, "mistake/no-angle-brackets", "an address stands between < and >", true)
		return
	}
	p.Punct("angle", 1)
	null := p.Has(">")
	switch {
	case null && name == "forward-path":
		p.wrong("mistake/bad-address", "a recipient cannot be empty")
	case !null:
		p.sourceRoute()
		p.mailbox(name == "forward-path")
	}
	if p.Has(">") {
		p.Punct("angle", 1)
	} else {
		p.wrong("mistake/bad-address", "a > must close the address")
	}
	f := p.Close()
	f.Value = strings.TrimSuffix(strings.TrimPrefix(f.Value, "<"), ">")
	if null {
		f.Value = "<>" // RFC 5321 §4.5.5
		f.Note = "field/null-path"
	}
}

// sourceRoute reads A-d-l, the hosts that a letter once had to pass through;
// receivers ignore it (RFC 5321 §F.2).
func (p *parser) sourceRoute() {
	if !p.Has("@") {
		return
	}
	p.Open("source-route", "field/source-route")
	for p.Has("@") {
		p.Punct("at", 1)
		p.domain("domain", "field/domain")
		if p.Has(",") {
			p.Punct("comma", 1)
		}
	}
	p.Close()
	if p.Has(":") {
		p.Punct("colon", 1)
	} else {
		p.wrong("mistake/bad-address", "a colon must follow the source route")
	}
}

// mailbox reads Local-part "@" ( Domain / address-literal ). A recipient may
// be Postmaster alone (RFC 5321 §4.1.1.3).
func (p *parser) mailbox(recipient bool) {
	local := p.localPart()
	switch {
	case !p.Has("@"):
		if !recipient || !strings.EqualFold(local, "postmaster") {
			p.wrong("mistake/bad-address", "an address is local-part@domain, and the @ is missing")
		}
		return
	case local == "":
		p.wrong("mistake/bad-address", "nothing stands before the @")
		return
	}
	p.Punct("at", 1)
	p.host("domain", "field/domain")
}
