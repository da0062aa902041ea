package tls

import (
	"encoding/hex"
	"fmt"
	"strconv"

	"surel/protocols/field"
)

// tree reads what TLS writes: numbers, vectors with their length before them
// (RFC 8446 §3.4), numbers of registries.
type tree struct{ *field.Cursor }

func newTree(raw []byte) tree { return tree{field.NewCursor(raw)} }

func (t tree) left() int { return len(t.Rest()) }

// has tells whether n bytes are left, and stops the reading where they are not.
func (t tree) has(n int) bool {
	if t.left() < n {
		t.Fail("the part ends inside this field")
	}
	return t.Err() == nil
}

// peek gives the number in the next n bytes, at most four, which are there.
func (t tree) peek(n int) (value int) {
	for _, b := range []byte(t.Rest()[:n]) {
		value = value<<8 | int(b)
	}
	return value
}

// number reads a number of n bytes.
func (t tree) number(name, note string, n int) {
	switch {
	case !t.has(n):
	case !t.Keeps():
		t.Add(name, note, n)
	default:
		value := strconv.Itoa(t.peek(n))
		t.Add(name, note, n).Value = value
	}
}

// code reads a number of n bytes that a registry names.
func (t tree) code(name string, r *registry, n int) {
	switch {
	case !t.has(n):
	case !t.Keeps():
		t.Add(name, "", n)
	default:
		value := uint16(t.peek(n))
		t.Add(name, r.of(value).note, n).Value = r.shown(value)
	}
}

// version reads the number of a version.
func (t tree) version(name, note string) {
	switch {
	case !t.has(2):
	case !t.Keeps():
		t.Add(name, note, 2)
	default:
		value := versionShown(uint16(t.peek(2)))
		f := t.Add(name, note, 2)
		f.Kind, f.Value = field.Described, value
	}
}

// maxHex is how many bytes a value shows.
const maxHex = 64

// bytes reads n bytes that are no text.
func (t tree) bytes(name, note string, n int) {
	if n == 0 || !t.has(n) {
		return
	}
	f := t.Add(name, note, n)
	if !t.Keeps() {
		return
	}
	if n <= maxHex {
		f.Value = hex.EncodeToString([]byte(f.Value))
	} else {
		f.Kind, f.Value = field.Described, fmt.Sprintf("%d bytes", n)
	}
}

// text reads n bytes that are text.
func (t tree) text(name, note string, n int) {
	if n > 0 && t.has(n) {
		t.Add(name, note, n)
	}
}

// vector reads a length of size bytes and then a part that long, which inside
// reads. It gives the field, to say more about it.
func (t tree) vector(name, note string, size int, inside func(n int)) *field.Field {
	t.Open(name, note)
	if t.has(size) {
		n := t.peek(size)
		f := t.Add("length", "vector/length", size)
		f.Value = strconv.Itoa(n)
		if t.left() < n {
			f.Err = "fewer bytes are left"
		}
		t.Within(n, func() { inside(t.left()) })
	}
	f := t.Close()
	f.Value = ""
	return f
}

// opaque reads a vector of bytes that are no text.
func (t tree) opaque(name, note string, size int) {
	t.vector(name, note, size, func(n int) { t.bytes("bytes", note, n) })
}

// codes reads a vector of numbers of a registry.
func (t tree) codes(name, note, item string, size int, r *registry) {
	count := 0
	f := t.vector(name, note, size, func(int) {
		for t.More() {
			t.code(item, r, 2)
			count++
		}
	})
	f.Value = strconv.Itoa(count)
}
