package imap

import (
	"strings"

	"surel/protocols/line"
)

// respText reads a response code in brackets, where there is one, and text for
// people (RFC 9051 §7.1).
func (p *parser) respText() {
	if p.Has("[") {
		p.code()
		p.sp()
	}
	for p.More() {
		if n := line.Prefix(p.Rest(), line.IsText); n > 0 {
			p.Add("text", "field/text", n)
			continue
		}
		n := line.Prefix(p.Rest(), func(b byte) bool { return !line.IsText(b) })
		p.flag(p.Add("control characters", "field/control", n), "mistake/control-character",
			"a control character has no place in a response", true)
	}
}

// code reads a response code and what belongs to it.
func (p *parser) code() {
	word := strings.ToUpper(p.Rest()[1 : 1+line.Prefix(p.Rest()[1:], isAtom)])
	known, ok := codes[word]
	if !ok {
		known = entry{note: "code/unknown", forms: []form{{name: "text", optional: true}}}
	}
	p.Open("response code", known.note)
	p.Punct("bracket", 1)
	if word == "" {
		p.bad("a response code")
	} else {
		p.Add("code", known.note, len(word)).Value = word
	}
	p.forms(known.forms)
	if p.Has("]") {
		p.Punct("bracket", 1)
	} else {
		p.bad("the closing bracket")
	}
	p.Close()
}

// codeText reads what belongs to a code as text.
func (p *parser) codeText() {
	n := strings.IndexByte(p.Rest(), ']')
	if n <= 0 {
		p.bad("the closing bracket")
		return
	}
	p.Add("argument", "field/code-argument", n)
}

// appendUID reads the UIDVALIDITY and the UIDs of what was appended
// (RFC 4315 §3).
func (p *parser) appendUID() {
	p.form("uid-validity")
	if p.need("the UID") {
		p.form("uid-set")
	}
}

// copyUID reads the UIDVALIDITY of the target, and the UIDs there and here
// (RFC 4315 §3).
func (p *parser) copyUID() {
	p.form("uid-validity")
	if p.need("the UIDs of the source") {
		p.sequenceSet("source UIDs", "field/source-uids")
	}
	if p.need("the UIDs of the target") {
		p.sequenceSet("target UIDs", "field/target-uids")
	}
}
