package imap

import (
	"strings"

	"surel/protocols/field"
	"surel/protocols/line"
	"surel/protocols/sasl"
)

// password reads the last argument of LOGIN (RFC 9051 §6.2.3).
func (p *parser) password() {
	f := p.astring("password", "argument/password")
	f.Kind = field.Secret
	hideAll(f.Fields)
}

// hideAll marks fields and what is in them as secret; punctuation and the
// announcement of a literal give nothing away.
func hideAll(fields []field.Field) {
	for i := range fields {
		if f := &fields[i]; f.Kind == field.Plain && f.Name != "announcement" {
			f.Kind = field.Secret
		}
		hideAll(fields[i].Fields)
	}
}

// mechanism reads the first argument of AUTHENTICATE (RFC 9051 §6.2.2).
func (p *parser) mechanism() {
	f := p.atom("mechanism", "argument/mechanism")
	f.Value = strings.ToUpper(f.Value)
}

// initialResponse reads the response that AUTHENTICATE may carry
// (RFC 4959 §3); "=" stands for an empty one.
func (p *parser) initialResponse() {
	n := line.Prefix(p.Rest(), line.IsGraphic)
	f := p.Add("initial-response", "argument/initial-response", n)
	f.Kind = field.Secret
	if f.Value == "=" {
		f.Value = ""
		return
	}
	if fault := sasl.Fault(f.Value); fault != "" {
		p.flag(f, "mistake/bad-base64", fault, true)
	}
}

// capability reads the name of a capability (RFC 9051 §7.2.2).
func (p *parser) capability() {
	f := p.atom("capability", "capability/unknown")
	name := strings.ToUpper(f.Value)
	c, ok := caps[name]
	if base, _, has := strings.Cut(name, "="); !ok && has {
		c, ok = caps[base]
	}
	if ok {
		f.Note = c.note
	}
}

// id reads pairs of a name and a value, or NIL (RFC 2971 §3.3).
func (p *parser) id() {
	if p.isNIL() {
		p.nil("parameters", "field/id")
		return
	}
	if !p.open("parameters", "field/id") {
		return
	}
	for p.isString() {
		p.Open("pair", "field/pair")
		name := p.string("name", "field/id-name").Value
		value := ""
		if p.need("the value") {
			value = p.nstring("value", "field/id-value").Value
		}
		p.Close().Value = name + "=" + value
		if !p.sp() {
			break
		}
	}
	p.close()
}

// selectParam reads a parameter of SELECT, such as CONDSTORE or QRESYNC with
// what the client knows (RFC 7162 §3.2.5).
func (p *parser) selectParam() {
	f := p.atom("parameter", "argument/select-param")
	if f.Value = strings.ToUpper(f.Value); !strings.EqualFold(f.Value, "QRESYNC") {
		return
	}
	if !p.need("what the client knows") || !p.open("known", "argument/qresync") {
		return
	}
	p.form("uid-validity")
	if p.need("a mod-sequence") {
		p.form("mod-sequence")
	}
	if p.sp() {
		if p.Has("(") {
			p.value()
		} else {
			p.form("uid-set")
		}
	}
	if p.sp() {
		p.value()
	}
	p.close()
}

// createParam reads USE and the special uses of a new mailbox (RFC 6154 §3).
func (p *parser) createParam() {
	f := p.atom("parameter", "argument/create-param")
	f.Value = strings.ToUpper(f.Value)
	if p.need("the uses") {
		p.paren("uses", "argument/create-uses", p.attribute)
	}
}

// attribute reads an attribute of a mailbox (RFC 9051 §7.3.1).
func (p *parser) attribute() { p.flagOf("attribute", "attribute/unknown", "attribute/unknown") }

// modifier reads a modifier of FETCH or STORE, such as CHANGEDSINCE
// (RFC 7162 §3.1.4).
func (p *parser) modifier() {
	f := p.atom("modifier", "argument/modifier")
	f.Value = strings.ToUpper(f.Value)
	if f.Value == "CHANGEDSINCE" || f.Value == "UNCHANGEDSINCE" {
		if p.need("a mod-sequence") {
			p.form("mod-sequence")
		}
	}
}

// storeFlags reads FLAGS with its sign and the flags to store
// (RFC 9051 §6.4.6).
func (p *parser) storeFlags() {
	word := p.word(isAtom)
	name := strings.TrimLeft(word, "+-")
	if len(word)-len(name) > 1 || name != "FLAGS" && name != "FLAGS.SILENT" {
		p.bad("FLAGS, +FLAGS or -FLAGS")
		return
	}
	note := "argument/store-replace"
	switch word[0] {
	case '+':
		note = "argument/store-add"
	case '-':
		note = "argument/store-remove"
	}
	p.Add("data item", note, len(word)).Value = word
	if !p.need("the flags") {
		return
	}
	if p.Has("(") {
		p.form("flag-list")
		return
	}
	p.form("flag")
	for p.sp() {
		p.form("flag")
	}
}

// quotaLimit reads a resource and how much of it there may be (RFC 9208).
func (p *parser) quotaLimit() {
	p.Open("limit", "field/quota-limit")
	name := p.atom("resource", "field/quota-resource").Value
	if p.need("the limit") {
		p.number("limit", "field/quota-limit")
	}
	p.Close().Value = name
}

// appendMessages reads one letter, or several, each with its flags and date
// (RFC 9051 §6.3.12, RFC 3502).
func (p *parser) appendMessages() {
	for more := true; more && p.Err() == nil; more = p.sp() {
		if p.Has("(") {
			p.form("flag-list")
			p.need("the letter")
		}
		if p.Has(`"`) {
			p.dateTime()
			p.need("the letter")
		}
		if !p.Has("{") && !p.Has("~{") {
			p.bad("the letter as a literal")
			return
		}
		p.carry(partLetter, func() { p.literal("letter", "argument/letter") })
	}
}
