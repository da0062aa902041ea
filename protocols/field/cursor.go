package field

import (
	"errors"
	"strings"
)

// Cursor reads a message of bytes from front to back and builds its tree. Its
// methods take the next bytes and add a leaf for them; Open and Close put what
// is added between them under one field. So every byte that is passed is in
// the tree, and the tree cannot overlap.
//
// The first error sticks: after Fail nothing more is read, and Fields turns
// what is left into one field that carries the error.
type Cursor struct {
	text  string
	pos   int
	base  int // where text begins in the message, in bytes
	err   error
	stack []level
	// faulty tells that something could not be read.
	faulty bool
	// forgets tells that no tree is kept, and last is the field read last.
	forgets bool
	last    Field
}

type level struct {
	field  Field
	fields []Field
}

// NewCursor reads a whole message.
func NewCursor(raw []byte) *Cursor { return NewCursorAt(string(raw), 0) }

// NewCursorAt reads text, which begins base bytes into the message.
func NewCursorAt(text string, base int) *Cursor {
	c := &Cursor{text: text, base: base, stack: make([]level, 1, 4)}
	c.stack[0].fields = make([]Field, 0, 6)
	return c
}

// Forget makes the cursor read without keeping a tree, for one who only wants
// to know whether a message keeps its grammar. A field that a method gives is
// then good until the next is read, and has no parts.
func (c *Cursor) Forget() { c.forgets = true }

// Keeps tells whether a tree is kept, so that a value is worth making.
func (c *Cursor) Keeps() bool { return !c.forgets }

// Rest gives what has not been read.
func (c *Cursor) Rest() string { return c.text[c.pos:] }

// Pos gives the place of the next byte in the message, in bytes.
func (c *Cursor) Pos() int { return c.base + c.pos }

// More tells whether anything is left to read and no error has stopped the
// reading.
func (c *Cursor) More() bool { return c.err == nil && c.pos < len(c.text) }

// Err gives the error that stopped the reading.
func (c *Cursor) Err() error { return c.err }

// Fail stops the reading with an error, unless one has stopped it already.
func (c *Cursor) Fail(message string) {
	if c.err == nil {
		c.err = errors.New(message)
	}
}

// Has tells whether what comes next begins with prefix.
func (c *Cursor) Has(prefix string) bool {
	return c.err == nil && strings.HasPrefix(c.Rest(), prefix)
}

// HasFold is Has without regard to ASCII case.
func (c *Cursor) HasFold(prefix string) bool {
	rest := c.Rest()
	return c.err == nil && len(rest) >= len(prefix) && strings.EqualFold(rest[:len(prefix)], prefix)
}

// Add takes the next n bytes as a leaf and gives the leaf, so that the caller
// can say more about it before the next one is added. The value is the bytes
// as they are. It is the cursor's caller who knows that n bytes are left;
// what is not there is not taken.
func (c *Cursor) Add(name, note string, n int) *Field {
	top := &c.stack[len(c.stack)-1]
	if c.err != nil {
		n = 0
	}
	n = max(0, min(n, len(c.text)-c.pos))
	start := c.Pos()
	f := Field{Name: name, Note: note, Value: c.text[c.pos : c.pos+n], Span: Bytes(start, start+n)}
	c.pos += n
	if c.forgets {
		c.last = f
		return &c.last
	}
	top.fields = append(top.fields, f)
	added := &top.fields[len(top.fields)-1]
	if c.err != nil {
		top.fields = top.fields[:len(top.fields)-1] // nothing is added after an error
	}
	return added
}

// Punct takes the next n bytes as punctuation.
func (c *Cursor) Punct(name string, n int) {
	note := ""
	if !c.forgets {
		note = "punct/" + name
	}
	c.Add(name, note, n).Kind = Punctuation
}

// While takes the bytes that accept allows, as a leaf; none where the next
// byte is not allowed. It tells whether any were taken.
func (c *Cursor) While(name, note string, accept func(byte) bool) bool {
	rest := c.Rest()
	n := 0
	for n < len(rest) && accept(rest[n]) {
		n++
	}
	if n == 0 || c.err != nil {
		return false
	}
	c.Add(name, note, n)
	return true
}

// Open begins a field whose parts are what is added until Close.
func (c *Cursor) Open(name, note string) {
	start := c.Pos()
	c.stack = append(c.stack, level{field: Field{Name: name, Note: note, Span: Bytes(start, start)}})
}

// Close ends the field that the last Open began and gives it. Its value is
// its bytes as they are. The pointer is good until the next field is added.
func (c *Cursor) Close() *Field {
	top := c.stack[len(c.stack)-1]
	c.stack = c.stack[:len(c.stack)-1]
	f := top.field
	start, _ := f.Span.ByteRange()
	f.Span = Bytes(start, c.Pos())
	f.Value = c.text[start-c.base : c.pos]
	if c.forgets {
		c.last = f
		return &c.last
	}
	f.Fields = top.fields
	up := &c.stack[len(c.stack)-1]
	up.fields = append(up.fields, f)
	return &up.fields[len(up.fields)-1]
}

// Within reads the next n bytes as a part that ends there: read sees nothing
// beyond. What it leaves becomes a field with the error that stopped it, and the
// reading goes on behind the part.
func (c *Cursor) Within(n int, read func()) {
	if c.err != nil {
		return
	}
	whole, depth := c.text, len(c.stack)
	c.text = whole[:c.pos+max(0, min(n, len(whole)-c.pos))]
	read()
	c.unread("unexpected bytes")
	for len(c.stack) > depth {
		c.Close()
	}
	c.text, c.err = whole, nil
}

// unread makes a field of what was not read.
func (c *Cursor) unread(why string) {
	if c.pos == len(c.text) {
		return
	}
	if c.err != nil {
		why = c.err.Error()
	}
	c.err = nil
	c.faulty = true
	c.Add("unread", "field/unread", len(c.text)-c.pos).Err = why
}

// Faulty tells whether anything could not be read so far.
func (c *Cursor) Faulty() bool { return c.faulty || c.err != nil }

// Fields closes what is open and gives the tree. What was not read becomes a
// field named "unread" with the error, or with "unexpected text" where there
// is none.
func (c *Cursor) Fields() []Field {
	c.unread("unexpected text")
	for len(c.stack) > 1 {
		c.Close()
	}
	return c.stack[0].fields
}
