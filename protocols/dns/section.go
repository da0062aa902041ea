package dns

import (
	"strconv"
	"strings"
)

// whole reads a message.
func (r *reader) whole() {
	if r.begin > 0 {
		r.add("length", "message/length", number(uint32(len(r.raw)-r.begin)), r.begin)
	}
	if r.left() < headerLen {
		r.fail("a message begins with a header of 12 bytes")
		r.rest()
		return
	}
	h := readHeader(r.raw[r.begin:])
	place := len(r.stack) // the header's parts are made once the sections are read
	at := r.pos
	r.add("header", "header", "", headerLen)
	var found [4]int
	for i, n := range h.counts {
		found[i] = r.section(i, int(n))
	}
	r.rest()
	if r.tree {
		end := r.pos
		r.pos = at
		r.stack[place].Fields = r.headerTree(h, found)
		r.pos = end
	} else {
		r.fields += headerFields
	}
}

// headerFields is how many parts the header has.
const headerFields = 6

// section reads the entries of a section and gives their number. An entry that
// cannot be read ends all.
func (r *reader) section(which, n int) (found int) {
	if n == 0 {
		return 0
	}
	m := r.open()
	for found < n && r.err == "" && r.left() > 0 {
		begin := r.pos
		var rtype uint16
		if which == questionSection {
			rtype = r.question()
		} else {
			rtype = r.record()
		}
		if found == 0 {
			r.first.types[which] = rtype
		}
		if found == 0 && which == questionSection && r.err == "" {
			r.first.question = r.raw[begin:r.pos]
		}
		if r.err == "" {
			found++
		}
	}
	if found < n {
		r.faults++
	}
	if r.pos > m.pos {
		r.close(m, sectionNames[which], sectionNotes[which], r.number(uint32(found)))
	}
	return found
}

var sectionNotes = [4]string{"section/question", "section/answer", "section/authority", "section/additional"}

// question reads an entry of the question section (RFC 1035 §4.1.2) and gives
// its type; 0 where it has none.
func (r *reader) question() (qtype uint16) {
	m := r.open()
	name := r.name("QNAME", "question/QNAME")
	t := &entry{}
	if r.has(2) {
		qtype = r.u16()
		t = types.of(qtype, "TYPE")
		r.add("QTYPE", t.note, t.shown, 2)
	}
	if r.has(2) {
		c := classes.of(r.u16(), "CLASS")
		r.add("QCLASS", c.note, c.shown, 2)
	}
	if r.pos > m.pos {
		r.close(m, "question", "question", r.join(t.name, name))
	}
	return qtype
}

func (r *reader) join(a, b string) string {
	if !r.tree {
		return ""
	}
	r.scratch = append(append(append(r.scratch[:0], a...), ' '), b...)
	return r.put(r.scratch)
}

// record reads a resource record (RFC 1035 §4.1.3) and gives its type; 0 where
// it has none.
func (r *reader) record() uint16 {
	m := r.open()
	name := r.name("NAME", "record/NAME")
	if !r.has(10) {
		if r.pos > m.pos {
			r.close(m, "record", "record", name)
		}
		return 0
	}
	number16 := r.u16()
	t := types.of(number16, "TYPE")
	r.add("TYPE", t.note, t.shown, 2)
	if number16 == typeOPT {
		r.optHeader()
	} else {
		c := classes.of(r.u16(), "CLASS")
		r.add("CLASS", c.note, c.shown, 2)
		r.add("TTL", "record/TTL", r.text32(), 4)
	}
	n := int(r.u16())
	r.add("RDLENGTH", "record/RDLENGTH", r.number(uint32(n)), 2)
	if r.left() < n {
		r.last().Err = "fewer bytes are left"
		r.faults++
		n = r.left()
	}
	value := r.rdata(name, t, number16, n)
	r.close(m, "record", t.note, value)
	return number16
}

// number writes a number where somebody reads it.
func (r *reader) number(n uint32) string {
	if !r.tree {
		return ""
	}
	if n < 100 {
		return strconv.Itoa(int(n)) // costs nothing
	}
	r.scratch = strconv.AppendUint(r.scratch[:0], uint64(n), 10)
	return r.put(r.scratch)
}

func (r *reader) text32() string { return r.number(r.u32()) }

// rdata reads the data of a record, n bytes, and gives the record as it is
// listed: its type and its data as a zone file writes them.
func (r *reader) rdata(owner string, t *entry, number16 uint16, n int) string {
	if r.tree {
		r.data = append(append(append(append(r.data[:0], owner...), ' '), t.name...), ' ')
	}
	head := len(r.data)
	if n == 0 {
		return r.put(r.data[:max(0, head-1)])
	}
	m := r.open()
	end := r.end
	r.end = r.pos + n
	if number16 == typeOPT {
		r.options()
	} else if parts, ok := layouts[number16]; ok {
		for i := range parts {
			if r.err != "" || r.left() == 0 && !parts[i].optional {
				r.has(1)
				break
			}
			parts[i].read(r, &parts[i])
		}
	} else {
		r.opaque("data", "record/opaque")
	}
	if number16 == typeTXT && r.tree && r.err == "" {
		r.openText(owner, m)
	}
	r.rest()
	r.end = end
	f := r.close(m, "RDATA", "record/RDATA", "")
	if !r.tree {
		return ""
	}
	value := strings.TrimRight(r.put(r.data), " ")
	f.Value = value[min(head, len(value)):]
	return value
}
