package dns

import (
	"encoding/binary"
	"strings"

	"surel/protocols/field"
	"surel/protocols/message"
)

// Content is what a message says, without its bits.
type Content struct {
	Response bool
	// Rcode is the name of its code, such as "NXDOMAIN".
	Rcode string
	// Authoritative and Truncated are its flags AA and TC.
	Authoritative, Truncated bool
	// Name and Type are what is asked, such as "sekolah.test." and "MX".
	Name, Type string
	// Answer, Authority and Additional are its records.
	Answer, Authority, Additional []Record
}

// Record is a resource record as a zone file writes it.
type Record struct{ Owner, Type, Data string }

// ReadContent reads what a message of this protocol says; false where it is too
// broken for that.
func ReadContent(m *message.Message) (Content, bool) {
	b, ok := m.Body.(body)
	if !ok || len(m.Raw)-b.begin < headerLen {
		return Content{}, false
	}
	h := readHeader(m.Raw[b.begin:])
	c := Content{
		Response: h.has(flagQR), Rcode: rcodes.of(h.rcode(), "RCODE").name,
		Authoritative: h.has(flagAA), Truncated: h.has(flagTC),
	}
	for _, section := range m.Fields() {
		switch section.Name {
		case "question":
			if len(section.Fields) > 0 {
				c.Type, c.Name, _ = strings.Cut(section.Fields[0].Value, " ")
			}
		case "answer":
			c.Answer = readRecords(section.Fields)
		case "authority":
			c.Authority = readRecords(section.Fields)
		case "additional":
			c.Additional = readRecords(section.Fields)
		}
	}
	return c, true
}

func readRecords(fields []field.Field) []Record {
	records := make([]Record, 0, len(fields))
	for _, f := range fields {
		owner, rest, _ := strings.Cut(f.Value, " ")
		rtype, data, _ := strings.Cut(rest, " ")
		records = append(records, Record{owner, rtype, data})
	}
	return records
}

// HeaderWords gives the header's six words of 16 bits (RFC 1035 §4.1.1); false
// where the message has none.
func HeaderWords(m *message.Message) (words [6]uint16, ok bool) {
	b, ok := m.Body.(body)
	if !ok || len(m.Raw)-b.begin < headerLen {
		return words, false
	}
	for i := range words {
		words[i] = binary.BigEndian.Uint16(m.Raw[b.begin+2*i:])
	}
	return words, true
}
