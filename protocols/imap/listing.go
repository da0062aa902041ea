package imap

import "strings"

// listOption reads an option that chooses what LIST lists or what it returns
// of each mailbox (RFC 5258); STATUS is followed by its items
// (RFC 5819 §2).
func (p *parser) listOption() {
	f := p.atom("option", "argument/list-option")
	if f.Value = strings.ToUpper(f.Value); f.Value == "STATUS" && p.need("the items") {
		p.form("status-atts")
	}
}

// mailboxPatterns reads one pattern, or several in parentheses.
func (p *parser) mailboxPatterns() {
	if p.Has("(") {
		p.paren("patterns", "argument/patterns", p.listMailbox)
		return
	}
	p.listMailbox()
}

// listReturn reads RETURN and its options.
func (p *parser) listReturn() {
	if p.word(isAtom) != "RETURN" {
		p.bad("RETURN")
		return
	}
	p.Add("RETURN", "argument/list-return", len("RETURN"))
	if p.need("the options") {
		p.paren("return options", "argument/list-return", p.listOption)
	}
}

// statusItem reads the name of an item of STATUS (RFC 9051 §6.3.11).
func (p *parser) statusItem() {
	f := p.atom("item", "status/unknown")
	f.Value = strings.ToUpper(f.Value)
	if s, ok := statuses[f.Value]; ok {
		f.Note = s.note
	} else {
		p.flag(f, "mistake/unknown-item", "no standard defines this item", false)
	}
}

// listData reads what LIST and LSUB tell of a mailbox: its attributes, its
// hierarchy delimiter, its name, and what else was asked for
// (RFC 9051 §7.3.1).
func (p *parser) listData() {
	p.paren("attributes", "field/attributes", p.attribute)
	if p.need("the hierarchy delimiter") {
		p.nstring("hierarchy delimiter", "field/delimiter")
	}
	if p.need("the mailbox") {
		p.mailbox()
	}
	if p.sp() {
		p.paren("extended data", "field/list-extended", func() {
			p.astring("tag", "field/list-extended-tag")
			if p.need("its value") {
				p.value()
			}
		})
	}
}

// namespaceData reads the three kinds of namespaces: the user's own, those of
// other users, and those that are shared (RFC 9051 §7.3.2).
func (p *parser) namespaceData() {
	for i, name := range []string{"personal", "other users'", "shared"} {
		if i > 0 && !p.need("the next namespaces") {
			return
		}
		note := "field/namespace/" + [...]string{"personal", "other", "shared"}[i]
		if p.isNIL() {
			p.nil(name, note)
			continue
		}
		p.pile(name, note, p.namespace)
	}
}

// pile reads a list whose items stand without spaces between them.
func (p *parser) pile(name, note string, item func()) {
	if !p.open(name, note) {
		return
	}
	for p.Err() == nil && p.Rest() != "" && !p.Has(")") {
		item()
		p.sp() // some servers write one
	}
	p.close()
}

// namespace reads the prefix and the delimiter of a namespace.
func (p *parser) namespace() {
	if !p.open("namespace", "field/namespace") {
		return
	}
	p.string("prefix", "field/namespace-prefix")
	if p.need("the hierarchy delimiter") {
		p.nstring("hierarchy delimiter", "field/delimiter")
	}
	if p.sp() {
		p.values()
	}
	p.close()
}

// statusData reads a mailbox and what is asked of it, each with its value
// (RFC 9051 §7.3.3).
func (p *parser) statusData() {
	p.mailbox()
	if !p.need("the items") {
		return
	}
	p.paren("items", "field/status-items", func() {
		name := p.word(isAtom)
		s, ok := statuses[name]
		if !ok {
			s = entry{note: "status/unknown", forms: []form{{name: "value"}}}
		}
		p.Open("item", s.note)
		p.atom("name", s.note)
		p.forms(s.forms)
		f := p.Close()
		f.Name = name
		if n := len(f.Fields); n > 2 {
			f.Value = f.Fields[n-1].Value
		}
		if name == "" {
			f.Name = "item"
		}
	})
}

func (p *parser) numberOrNIL() {
	if p.isNIL() {
		p.nil("number", "field/number")
		return
	}
	p.number("number", "field/number")
}
