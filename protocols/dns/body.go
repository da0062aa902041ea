package dns

import (
	"strings"

	"surel/protocols/field"
	"surel/protocols/message"
)

// body opens a message.
type body struct {
	begin  int // the number of bytes before the header
	fields int // how many its tree has
}

var _ message.Body = body{}

// Fields gives the message's tree.
func (b body) Fields(raw []byte) []field.Field {
	r := treeReader(raw, b.begin, b.fields)
	r.whole()
	return r.result()
}

// maxListed is how many records a summary names.
const maxListed = 3

// Summary gives a message in one line, much as dig would: "MX sekolah.test. rd",
// "NOERROR aa: MX 10 mx1.sekolah.test.".
func (b body) Summary(raw []byte) string {
	if len(raw)-b.begin < headerLen {
		return ""
	}
	h := readHeader(raw[b.begin:])
	sections := b.Fields(raw)
	var out strings.Builder
	if !h.has(flagQR) {
		out.WriteString(firstOf(sections, sectionNames[0]))
		if op := h.opcode(); op != 0 {
			out.WriteString(" " + opcodes.of(op, "OPCODE").name)
		}
		writeFlags(&out, h)
		return strings.TrimSpace(out.String())
	}
	out.WriteString(rcodes.of(h.rcode(), "RCODE").name)
	writeFlags(&out, h)
	which := sectionNames[1]
	if h.counts[1] == 0 {
		which = sectionNames[2]
	}
	_, name, _ := strings.Cut(firstOf(sections, sectionNames[0]), " ")
	list(&out, sections, which, name+" ")
	if why := extendedError(sections); why != "" {
		out.WriteString(": " + why)
	}
	return out.String()
}

// extendedError gives the reason that a response names for its failure
// (RFC 8914); empty where it names none.
func extendedError(sections []field.Field) string {
	e := options.of(optionError, "OPT")
	for _, s := range sections {
		if s.Name != sectionNames[3] {
			continue
		}
		for _, record := range s.Fields {
			for _, data := range record.Fields {
				for _, option := range data.Fields {
					if option.Note == e.note {
						return option.Value
					}
				}
			}
		}
	}
	return ""
}

func writeFlags(out *strings.Builder, h header) {
	if words := flagWords(h); words != "" {
		out.WriteString(" " + words)
	}
}

var commonFlags = [4]string{"", "ra", "rd", "rd ra"}

// flagWords names the flags that are set, in small letters, as dig does.
func flagWords(h header) string {
	if h.flags&^(flagQR|flagRD|flagRA|0xf) == 0 { // most
		return commonFlags[h.flags>>7&3]
	}
	var words []string
	for _, f := range flagBits {
		if f.name != "Z" && h.flags&(1<<(15-f.at)) != 0 {
			words = append(words, strings.ToLower(f.name))
		}
	}
	return strings.Join(words, " ")
}

func firstOf(sections []field.Field, name string) string {
	for _, s := range sections {
		if s.Name == name && len(s.Fields) > 0 {
			return s.Fields[0].Value
		}
	}
	return ""
}

// list names the first records of a section. Their owner is left out where it is
// the name that was asked for.
func list(out *strings.Builder, sections []field.Field, name, owner string) {
	for _, s := range sections {
		if s.Name != name {
			continue
		}
		sep := ": "
		for i, record := range s.Fields {
			if i == maxListed {
				out.WriteString(", …")
				return
			}
			out.WriteString(sep + strings.TrimPrefix(record.Value, owner))
			sep = ", "
		}
	}
}

// broken is the beginning of a message whose end did not come.
type broken struct{}

var _ message.Describer = broken{}

// Summary says what is wrong.
func (broken) Summary([]byte) string { return cutOff }

const cutOff = "the connection ended inside this message"

// Describes tells that the summary is a sentence.
func (broken) Describes() {}

// Fields gives the bytes.
func (broken) Fields(raw []byte) []field.Field {
	c := field.NewCursor(raw)
	c.Fail(cutOff)
	return c.Fields()
}
