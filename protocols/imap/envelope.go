package imap

import "strings"

// envelopeParts are the parts of an envelope in their order, each with the key
// of its note; some are strings, the others lists of addresses
// (RFC 9051 §7.5.2).
var envelopeParts = [...]struct {
	name, note string
	addresses  bool
}{
	{"date", "envelope/date", false},
	{"subject", "envelope/subject", false},
	{"from", "envelope/from", true},
	{"sender", "envelope/sender", true},
	{"reply-to", "envelope/reply-to", true},
	{"to", "envelope/to", true},
	{"cc", "envelope/cc", true},
	{"bcc", "envelope/bcc", true},
	{"in-reply-to", "envelope/in-reply-to", false},
	{"message-id", "envelope/message-id", false},
}

// addressParts are the parts of an address in their order, each with the key
// of its note.
var addressParts = [...]struct{ name, note string }{
	{"name", "envelope/address/name"},
	{"adl", "envelope/address/adl"},
	{"mailbox", "envelope/address/mailbox"},
	{"host", "envelope/address/host"},
}

// envelope reads what stands in a letter's header, as the server has parsed
// it.
func (p *parser) envelope() {
	if !p.open("envelope", "envelope") {
		return
	}
	for i, part := range envelopeParts {
		if i > 0 && !p.need(part.name) {
			break
		}
		if part.addresses {
			p.addresses(part.name, part.note)
		} else {
			p.headerText(part.name, part.note)
		}
	}
	f := p.close()
	if len(f.Fields) > 3 {
		f.Value = f.Fields[3].Value // the subject says best which letter it is
	}
}

// headerText reads a string as it stands in a header; its value is what its
// encoded words say (RFC 2047 §2).
func (p *parser) headerText(name, note string) {
	f := p.nstring(name, note)
	f.Value = decodeWords(f.Value)
}

// addresses reads the addresses of one header field.
func (p *parser) addresses(name, note string) {
	if p.isNIL() {
		p.nil(name, note)
		return
	}
	if !p.open(name, note) {
		return
	}
	var all []string
	for p.Err() == nil && p.Rest() != "" && !p.Has(")") {
		all = append(all, p.address())
		p.sp()
	}
	p.close().Value = strings.Join(all, ", ")
}

// address reads the parts of one address: the name of a person, a route that
// nobody uses any more, and what stands before and behind the @. It gives the
// address as people write it. Where there is no host, the address begins or
// ends a group (RFC 9051 §7.5.2).
func (p *parser) address() string {
	if !p.open("address", "envelope/address") {
		return ""
	}
	var parts [4]string
	for i, part := range addressParts {
		if i > 0 && !p.need(part.name) {
			break
		}
		f := p.nstring(part.name, part.note)
		f.Value = decodeWords(f.Value)
		parts[i] = f.Value
	}
	f := p.close()
	switch {
	case parts[3] == "NIL" && parts[2] == "NIL":
		f.Note, f.Value = "envelope/group-end", ";"
	case parts[3] == "NIL":
		f.Note, f.Value = "envelope/group", parts[2]+":"
	case parts[0] == "NIL" || parts[0] == "":
		f.Value = parts[2] + "@" + parts[3]
	default:
		f.Value = parts[0] + " <" + parts[2] + "@" + parts[3] + ">"
	}
	return f.Value
}
