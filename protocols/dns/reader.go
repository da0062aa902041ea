package dns

import (
	"encoding/binary"
	"strings"
	"sync"

	"surel/protocols/field"
)

// reader reads one message from front to back and builds its tree. The first
// error in a part stops the reading of that part; what follows it is read on
// where its place is known.
type reader struct {
	raw   []byte
	text  string // the same, where fields are kept
	begin int    // where the DNS message begins: behind the length that TCP needs
	pos   int
	end   int // of the part that is read now

	first first // what begins the sections

	err    string // why the reading of the part has stopped
	faults int

	names  [4]seen     // what the last pointers have led to
	lost   field.Field // what is said of fields that are not kept
	tree   bool        // whether fields are kept, or only counted
	fields int
	stack  []field.Field
	arena  []field.Field // holds all fields that have a parent
	data   []byte        // the record as a zone file writes it
	high   int           // how much of the stack was used

	scratch []byte          // where a value is made
	values  strings.Builder // holds all that are kept
}

// first is what the first entries of the sections are.
type first struct {
	question []byte    // the first question as it stands in the message
	types    [4]uint16 // of the first entry of each section; 0 where there is none
}

// seen is a place of the message and the name that begins there.
type seen struct {
	offset int
	name   string
	target field.Span
}

// skim lets a reader count the fields and faults of a message.
func (r *reader) skim(raw []byte, begin int) {
	r.raw, r.begin, r.pos, r.end = raw, begin, 0, len(raw)
	r.err, r.faults, r.fields, r.first = "", 0, 0, first{}
	r.whole()
	r.raw = nil
}

// treeReader makes a reader that keeps its fields, of which there are so many.
func treeReader(raw []byte, begin, fields int) *reader {
	r := readers.Get().(*reader)
	*r = reader{
		raw: raw, begin: begin, end: len(raw), tree: true,
		stack: r.stack[:0], data: r.data[:0], scratch: r.scratch[:0], arena: make([]field.Field, 0, fields),
	}
	r.values.Grow(valuesFor * len(raw))
	r.text = r.put(raw)
	return r
}

// valuesFor is how many bytes the values of a byte take, much as a rule.
const valuesFor = 6

// put keeps a value. All values of a message lie in few blocks of memory.
func (r *reader) put(b []byte) string {
	if !r.tree {
		return ""
	}
	start := r.values.Len()
	r.values.Write(b)
	return r.values.String()[start:]
}

// readers keeps what readers need while they read.
var readers = sync.Pool{New: func() any { return &reader{stack: make([]field.Field, 0, 64)} }}

// result gives the tree that was read, and the reader back.
func (r *reader) result() []field.Field {
	tree := r.keep(r.stack)
	clear(r.stack[:r.high])
	*r = reader{stack: r.stack[:0], data: r.data[:0], scratch: r.scratch[:0]}
	readers.Put(r)
	return tree
}

// fail stops the reading of the part, unless something has stopped it already.
func (r *reader) fail(why string) {
	if r.err == "" {
		r.err = why
		r.faults++
	}
}

// has tells whether n bytes are left in the part, and stops the reading where
// they are not.
func (r *reader) has(n int) bool {
	if r.err == "" && r.end-r.pos < n {
		r.fail("the part ends inside this field")
	}
	return r.err == ""
}

func (r *reader) left() int { return r.end - r.pos }

// add puts a leaf of the next n bytes into the tree and passes them.
func (r *reader) add(name, note, value string, n int) {
	r.fields++
	if r.tree {
		r.stack = append(r.stack, field.Field{Name: name, Note: note, Value: value, Span: field.Bytes(r.pos, r.pos+n)})
	}
	r.pos += n
}

// bits puts a leaf of some bits of the message into the tree; at is counted from
// the place of the reader, which does not move.
func (r *reader) bits(name, note, value string, at, n int) *field.Field {
	r.fields++
	if !r.tree {
		return &r.lost
	}
	start := r.pos*8 + at
	r.stack = append(r.stack, field.Field{Name: name, Note: note, Value: value, Span: field.Span{Start: start, End: start + n}})
	return &r.stack[len(r.stack)-1]
}

// last gives the field that was added last, to say more about it.
func (r *reader) last() *field.Field {
	if !r.tree || len(r.stack) == 0 {
		return &r.lost
	}
	return &r.stack[len(r.stack)-1]
}

// mark is where a field with parts begins.
type mark struct{ depth, pos int }

func (r *reader) open() mark { return mark{len(r.stack), r.pos} }

// close makes one field of what was added since the mark.
func (r *reader) close(m mark, name, note, value string) *field.Field {
	r.fields++
	if !r.tree {
		return &r.lost
	}
	parts := r.keep(r.stack[m.depth:])
	r.stack = append(r.stack[:m.depth], field.Field{
		Name: name, Note: note, Value: value, Span: field.Bytes(m.pos, r.pos), Fields: parts,
	})
	return &r.stack[len(r.stack)-1]
}

// keep copies fields to where they stay.
func (r *reader) keep(parts []field.Field) []field.Field {
	n := len(parts)
	r.high = max(r.high, len(r.stack))
	if n == 0 {
		return nil
	}
	if cap(r.arena)-len(r.arena) < n {
		r.arena = make([]field.Field, 0, max(64, n))
	}
	start := len(r.arena)
	r.arena = append(r.arena, parts...)
	return r.arena[start : start+n : start+n]
}

// rest takes what is left of the part as a leaf that says why it was not read.
func (r *reader) rest() {
	n, why := r.left(), r.err
	r.err = ""
	if n <= 0 {
		if why != "" && r.last().Err == "" {
			r.last().Err = why
		}
		return
	}
	if why == "" {
		why = "unexpected bytes"
		r.faults++
	}
	r.add("unread", "field/unread", r.str(r.pos, r.end), n)
	r.last().Err = why
}

// str gives bytes of the message where fields are kept.
func (r *reader) str(from, to int) string {
	if !r.tree {
		return ""
	}
	return r.text[from:to]
}

func (r *reader) u8() uint16  { return uint16(r.raw[r.pos]) }
func (r *reader) u16() uint16 { return binary.BigEndian.Uint16(r.raw[r.pos:]) }
func (r *reader) u32() uint32 { return binary.BigEndian.Uint32(r.raw[r.pos:]) }
