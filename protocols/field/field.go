// Package field holds the one tree that every protocol's messages open into:
// named parts with their place in the message, down to single bits. Decoders
// write it with a Cursor; the inspector, the hex view and the reports read it
// and know nothing else. Start with Field and Cursor; Check states the
// invariants.
package field

// Field is a named part of a message.
//
// A field's span lies inside its parent's, siblings stand in order and do not
// overlap, and the leaves of a message together cover every one of its bits.
type Field struct {
	// Name is the term of the protocol's standard, such as "reverse-path".
	Name string
	// Span is the field's place in the message.
	Span Span
	// Value is what the field says, in the field's standard terms. It may
	// hold any bytes: whoever draws it escapes it. A Described field's is in
	// English.
	Value string
	// Note is the key of the field's note; empty where the parent's says all.
	Note string
	// Err says what is wrong with the field, in English; empty where nothing
	// is. The phrases of the protocol's notes say it in the other language.
	Err string
	// Kind tells how the field is shown.
	Kind Kind
	// Target is the place in the same message that the field refers to, such
	// as what a DNS compression pointer points to; empty for most.
	Target Span
	// Fields are the parts of the field; a leaf has none.
	Fields []Field
}

// Kind tells how a field is shown.
type Kind uint8

// The kinds.
const (
	// Plain is an ordinary field.
	Plain Kind = iota
	// Punctuation separates other fields: a space, a colon, a line's end.
	// It is in the tree so that every byte can be opened, but an inspector
	// may hide it.
	Punctuation
	// Secret is a password or what gives one away: masked until asked for.
	Secret
	// Described is a field whose value is not what the bytes say but words
	// about them, such as their number: a phrase, which every language says
	// in its own words.
	Described
)

// Span is a half-open range of bits in a message. The first bit of a message
// is bit 0, the most significant of its first byte.
type Span struct {
	Start int // the first bit
	End   int // the bit after the last
}

// Bytes gives the span of the bytes from start up to end.
func Bytes(start, end int) Span { return Span{start * 8, end * 8} }

// Len gives the number of bits in the span.
func (s Span) Len() int { return s.End - s.Start }

// ByteRange gives the bytes that the span touches: from the first up to, not
// including, end.
func (s Span) ByteRange() (start, end int) { return s.Start / 8, (s.End + 7) / 8 }

// Contains tells whether all of o lies in s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Find gives the indices that lead from fields down to the innermost field
// that holds the given bit; nil where none does.
func Find(fields []Field, bit int) []int {
	for i := range fields {
		if s := fields[i].Span; s.Start <= bit && bit < s.End {
			return append([]int{i}, Find(fields[i].Fields, bit)...)
		}
	}
	return nil
}

// Walk calls visit for every field of the tree in order, parents first, with
// its depth from 0.
func Walk(fields []Field, visit func(f *Field, depth int)) { walk(fields, 0, visit) }

func walk(fields []Field, depth int, visit func(*Field, int)) {
	for i := range fields {
		visit(&fields[i], depth)
		walk(fields[i].Fields, depth+1, visit)
	}
}
