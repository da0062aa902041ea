package imap

import (
	"strings"

	"surel/protocols/line"
)

// fetchItems reads what FETCH asks for: one data item, one word for several,
// or items in parentheses (RFC 9051 §6.4.5).
func (p *parser) fetchItems() {
	if p.Has("(") {
		p.paren("data items", "argument/fetch-items", p.fetchItem)
		return
	}
	p.fetchItem()
}

// fetchItem reads the name of a data item, the section of the letter that it
// means, and which bytes of it.
func (p *parser) fetchItem() {
	word := p.word(isItem)
	name := strings.TrimSuffix(word, ".PEEK")
	known, ok := items[name]
	if word == "" {
		p.bad("a data item")
		return
	}
	if !ok {
		p.wrong("mistake/bad-fetch-item", "no standard defines this data item")
		return
	}
	rest := p.Rest()[len(word):]
	if !strings.HasPrefix(rest, "[") {
		if name == "PREVIEW" && strings.HasPrefix(rest, " (") {
			p.Open("data item", known.note)
			p.Add("name", known.note, len(word)).Value = word
			p.sp()
			p.value()
			p.Close()
			return
		}
		p.Add("data item", known.note, len(word)).Value = word
		return
	}
	p.Open("data item", sectionNote(name))
	p.itemName(name, word)
	p.section()
	p.partial()
	p.Close()
}

// itemName reads the name that stands before a section. PEEK behind it spares
// the letter the \Seen flag.
func (p *parser) itemName(name, word string) {
	p.Add("name", sectionNote(name), len(name)).Value = name
	if len(word) > len(name) {
		p.Add("peek", "fetch/PEEK", len(word)-len(name)).Value = ".PEEK"
	}
}

// sectionNote gives the key of an item that has a section.
func sectionNote(name string) string {
	if name == "BODY" {
		return "fetch/BODY.section"
	}
	return items[name].note
}

// section reads a section in brackets: the number of a part, what of it, and
// which header fields (RFC 9051 §6.4.5.1). It gives its text in capitals.
func (p *parser) section() string {
	if !p.Has("[") {
		p.bad("a section in brackets")
		return ""
	}
	p.Open("section", "section")
	p.Punct("bracket", 1)
	isPart := func(b byte) bool { return line.IsDigit(b) || b == '.' }
	numbers := strings.TrimSuffix(p.Rest()[:line.Prefix(p.Rest(), isPart)], ".")
	if numbers != "" {
		p.Add("part", "section/part", len(numbers))
		if p.Has(".") {
			p.Punct("dot", 1)
		}
	}
	text := p.word(isItem)
	if text != "" {
		p.sectionText(text)
	}
	if numbers == "" && text == "" {
		p.Add("whole", "section/whole", 0)
	}
	if p.Has("]") {
		p.Punct("bracket", 1)
	} else {
		p.bad("the closing bracket")
	}
	p.Close()
	return strings.TrimPrefix(numbers+"."+text, ".")
}

// sectionText reads what of a letter or of a part is meant.
func (p *parser) sectionText(text string) {
	switch text {
	case "HEADER", "TEXT", "MIME":
		p.Add("section text", "section/"+text, len(text)).Value = text
	case "HEADER.FIELDS", "HEADER.FIELDS.NOT":
		p.Add("section text", "section/"+text, len(text)).Value = text
		if p.need("the names of header fields") {
			p.paren("header list", "section/header-list", func() { p.astring("header field name", "argument/header-name") })
		}
	default:
		p.bad("HEADER, TEXT, MIME or HEADER.FIELDS")
	}
}

// partial reads which bytes: the first and, in a command, how many
// (RFC 9051 §6.4.5).
func (p *parser) partial() {
	if !p.Has("<") {
		return
	}
	p.Open("partial", "section/partial")
	p.Punct("angle", 1)
	p.number("origin", "section/origin")
	if p.Has(".") {
		p.Punct("dot", 1)
		p.number("octets", "section/octets")
	}
	if p.Has(">") {
		p.Punct("angle", 1)
	} else {
		p.bad("a closing angle bracket")
	}
	p.Close()
}
