package dns

import (
	"strconv"

	"surel/protocols/field"
)

// Bounds of a name (RFC 1035 §2.3.4).
const (
	maxLabel = 63
	maxName  = 255 // bytes, with the lengths and the root
)

// name reads a domain name with its labels and pointers and gives it as a zone
// file writes it (RFC 1035 §3.1, §4.1.4).
func (r *reader) name(fieldName, note string) string {
	m := r.open()
	if r.err == "" && r.left() >= 2 && r.raw[r.pos] >= 0xc0 {
		return r.pointerAlone(fieldName, note)
	}
	var space [64]byte
	buf := space[:0]
	size := 0
	for r.has(1) {
		n := int(r.raw[r.pos])
		switch {
		case n == 0:
			r.add("root", "name/root", ".", 1)
			return r.closeName(m, fieldName, note, buf)
		case n >= 0xc0:
			return r.pointer(m, fieldName, note, buf, size)
		case n > maxLabel:
			r.fail("a label begins with its length, at most 63")
		case r.has(1 + n):
			if size += 1 + n; size >= maxName {
				r.fail("a name has at most 255 bytes")
				break
			}
			buf = r.appendLabel(buf, r.pos+1, n)
			r.add("label", "name/label", r.str(r.pos+1, r.pos+1+n), 1+n)
		}
	}
	return r.brokenName(m, fieldName, note, buf)
}

// pointerAlone reads a name that is nothing but a pointer.
func (r *reader) pointerAlone(fieldName, note string) string {
	offset := int(r.u16() & 0x3fff)
	name, target, why := r.at(offset)
	r.add(fieldName, note, name, 2)
	if why != "" {
		r.last().Err = why
		r.faults++
		return name
	}
	r.last().Target = target
	return name
}

// at gives the name at an offset, which many pointers of a message share.
func (r *reader) at(offset int) (name string, target field.Span, why string) {
	kept := &r.names[offset%len(r.names)]
	if r.tree && kept.name != "" && kept.offset == offset {
		return kept.name, kept.target, ""
	}
	var space [64]byte
	whole, place, why := r.follow(space[:0], 0, offset)
	if !r.tree || why != "" {
		return r.nameText(whole), field.Span{}, why
	}
	if len(whole) == 0 {
		whole = append(whole, '.')
	}
	*kept = seen{offset, r.put(whole), field.Bytes(place.start, place.end)}
	return kept.name, kept.target, ""
}

func (r *reader) closeName(m mark, fieldName, note string, buf []byte) string {
	if len(buf) == 0 {
		buf = append(buf, '.')
	}
	name := r.nameText(buf)
	r.close(m, fieldName, note, name)
	return name
}

// brokenName closes a name that cannot be read to its end. The reading of the
// part has stopped, and what is left of it follows as a leaf of its own.
func (r *reader) brokenName(m mark, fieldName, note string, buf []byte) string {
	name := r.nameText(buf)
	if r.pos > m.pos {
		r.close(m, fieldName, note, name)
	}
	return name
}

func (r *reader) nameText(buf []byte) string {
	return r.put(buf)
}

// pointer reads a compression pointer: two bits 1 and fourteen that give a place
// earlier in the message (RFC 1035 §4.1.4).
func (r *reader) pointer(m mark, fieldName, note string, buf []byte, size int) string {
	if !r.has(2) {
		return r.brokenName(m, fieldName, note, buf)
	}
	offset := int(r.u16() & 0x3fff)
	whole, target, why := r.follow(buf, size, offset)
	if r.tree {
		r.scratch = strconv.AppendUint(append(r.scratch[:0], "→ "...), uint64(offset), 10)
		r.scratch = append(append(r.scratch, ' '), whole[len(buf):]...)
	}
	r.add("pointer", "name/pointer", r.put(r.scratch), 2)
	if why != "" {
		r.last().Err = why
		r.faults++
	} else {
		r.last().Target = field.Bytes(target.start, target.end)
	}
	return r.closeName(m, fieldName, note, whole)
}

// place is a part of a message, in bytes.
type place struct{ start, end int }

// follow goes along pointers, each of which leads further back than the one
// before, so that there is an end. It appends the labels to the name, and gives
// the place of those that the first pointer leads to.
func (r *reader) follow(buf []byte, size, offset int) (name []byte, first place, why string) {
	limit := r.pos
	for hop := 0; ; hop++ {
		at := r.begin + offset
		if at >= limit {
			return buf, first, "a pointer leads to an earlier place in the message"
		}
		limit = at
		start := at
		for {
			if at >= len(r.raw) {
				return buf, first, "what the pointer leads to is cut off"
			}
			n := int(r.raw[at])
			if n == 0 || n >= 0xc0 {
				break
			}
			if n > maxLabel || at+1+n > len(r.raw) {
				return buf, first, "what the pointer leads to is no name"
			}
			if size += 1 + n; size >= maxName {
				return buf, first, "a name has at most 255 bytes"
			}
			buf = r.appendLabel(buf, at+1, n)
			at += 1 + n
		}
		ends := r.raw[at] == 0
		if hop == 0 {
			first = place{start, min(at+1, len(r.raw))}
			if !ends {
				first.end = min(at+2, len(r.raw))
			}
		}
		if ends {
			return buf, first, ""
		}
		if at+2 > len(r.raw) {
			return buf, first, "what the pointer leads to is cut off"
		}
		offset = int(r.raw[at]&0x3f)<<8 | int(r.raw[at+1])
	}
}

// appendLabel writes a label as a zone file does (RFC 4343 §2.1), and the dot
// behind it, where somebody reads it.
func (r *reader) appendLabel(buf []byte, at, n int) []byte {
	if !r.tree {
		return buf
	}
	for _, c := range r.raw[at : at+n] {
		switch {
		case c < ' ' || c > '~':
			buf = append(buf, '\\', '0'+c/100, '0'+c/10%10, '0'+c%10)
		case c == '.' || c == ' ' || c == '\'' || c == '@' || c == ';' || c == '(' || c == ')' || c == '"' || c == '\\':
			buf = append(buf, '\\', c)
		default:
			buf = append(buf, c)
		}
	}
	return append(buf, '.')
}
