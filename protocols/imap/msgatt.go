package imap

import (
	"strings"

	"surel/protocols/field"
)

// msgAtt reads the data that FETCH gives of a letter: names and values
// (RFC 9051 §7.5.2).
func (p *parser) msgAtt() {
	p.paren("data items", "field/msg-att", p.attItem)
}

// attItem reads the name of a data item, its section, and its value.
func (p *parser) attItem() {
	word := p.word(isItem)
	if word == "" {
		p.bad("the name of a data item")
		return
	}
	rest := p.Rest()[len(word):]
	if strings.HasPrefix(rest, "[") {
		p.sectionItem(word)
		return
	}
	known, ok := items[word]
	if !ok {
		known = entry{note: "fetch/unknown", forms: []form{{name: "value"}}}
	}
	p.Open(word, known.note)
	p.Add("name", known.note, len(word)).Value = word
	if len(known.forms) == 1 && known.forms[0].name == "content" {
		if p.need("the value") {
			p.content(word)
		}
	} else {
		p.forms(known.forms)
	}
	p.closeItem()
}

// closeItem ends a data item, whose value is that of its last field where that
// is short.
func (p *parser) closeItem() {
	f := p.Close()
	if n := len(f.Fields); n > 2 && len(f.Fields[n-1].Value) <= maxItemValue {
		f.Value = f.Fields[n-1].Value
	}
}

// maxItemValue is how long the value of a data item may be to stand beside its
// name, in bytes.
const maxItemValue = 1000

// sectionItem reads BODY, BINARY or BINARY.SIZE with a section.
func (p *parser) sectionItem(word string) {
	note := sectionNote(word)
	if note == "" {
		note = "fetch/unknown"
	}
	p.Open(word, note)
	p.Add("name", note, len(word)).Value = word
	section := p.section()
	from := p.Pos()
	p.partial()
	partial := p.Pos() > from
	if p.need("the value") {
		switch {
		case word == "BINARY.SIZE":
			p.number("size", "field/number")
		case partial:
			p.carry(partPiece, func() { p.nstring("content", "field/content") })
		default:
			p.carry(partOf(word, section), func() { p.nstring("content", "field/content") })
		}
	}
	p.closeItem()
}

// content reads a letter, its header or its text under one of the old names
// (RFC 9051 §6.4.5, RFC 3501 §6.4.5).
func (p *parser) content(word string) {
	kind := map[string]part{"RFC822": partLetter, "RFC822.HEADER": partHeader, "RFC822.TEXT": partText}[word]
	p.carry(kind, func() { p.nstring("content", "field/content") })
}

// partOf tells what a section is of a letter.
func partOf(word, section string) part {
	last := section[strings.LastIndexByte(section, '.')+1:]
	switch {
	case word != "BODY":
		return partPiece
	case section == "":
		return partLetter
	case last == "HEADER" || last == "MIME" || last == "FIELDS" || last == "NOT":
		return partHeader
	case last == "TEXT":
		return partText
	}
	return partPiece
}

// objectID reads an identifier in parentheses (RFC 8474).
func (p *parser) objectID() {
	p.paren("identifier", "field/object-id", func() { p.atom("object identifier", "field/object-id") })
}

// threadID reads the identifier of a thread, or NIL (RFC 8474).
func (p *parser) threadID() {
	if p.isNIL() {
		p.nil("identifier", "field/object-id")
		return
	}
	p.objectID()
}

// carried is a literal that holds a letter or a part of one.
type carried struct {
	kind part
	data field.Span
}

// carry lets read take a value and remembers it where it holds a part of a
// letter.
func (p *parser) carry(kind part, read func()) {
	p.data = field.Span{}
	read()
	if p.data.Len() > 0 {
		p.carried = append(p.carried, carried{kind, p.data})
	}
}
