package dns

import (
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"math/bits"
	"net/netip"
	"strconv"
	"time"
)

// say adds to the record's data as a zone file writes it, and gives what was
// added.
func (r *reader) say(value string) string {
	if r.tree {
		r.data = append(append(r.data, value...), ' ')
	}
	return value
}

func (r *reader) number8(p *part) {
	if r.has(1) {
		r.add(p.name, p.note, r.say(r.number(uint32(r.u8()))), 1)
	}
}

func (r *reader) number16(p *part) {
	if r.has(2) {
		r.add(p.name, p.note, r.say(r.number(uint32(r.u16()))), 2)
	}
}

func (r *reader) number32(p *part) {
	if r.has(4) {
		r.add(p.name, p.note, r.say(r.text32()), 4)
	}
}

// code reads a byte that a registry names.
func (r *reader) code(p *part) {
	if r.has(1) {
		e := p.registry.of(r.u8(), "")
		r.say(r.number(uint32(r.u8())))
		r.add(p.name, e.note, e.shown, 1)
	}
}

func (r *reader) domain(p *part) { r.say(r.name(p.name, p.note)) }

func (r *reader) ipv4(p *part) {
	if !r.has(4) {
		return
	}
	if r.tree {
		r.scratch = netip.AddrFrom4([4]byte(r.raw[r.pos:])).AppendTo(r.scratch[:0])
	}
	r.add(p.name, p.note, r.say(r.put(r.scratch)), 4)
}

func (r *reader) ipv6(p *part) {
	if !r.has(16) {
		return
	}
	if r.tree {
		r.scratch = netip.AddrFrom16([16]byte(r.raw[r.pos:])).AppendTo(r.scratch[:0])
	}
	r.add(p.name, p.note, r.say(r.put(r.scratch)), 16)
}

// moment reads a time in seconds since 1970, as it is written in signatures
// (RFC 4034 §3.2).
func (r *reader) moment(p *part) {
	if r.has(4) {
		if r.tree {
			r.scratch = time.Unix(int64(r.u32()), 0).UTC().AppendFormat(r.scratch[:0], "20060102150405")
		}
		r.add(p.name, p.note, r.say(r.put(r.scratch)), 4)
	}
}

// covered reads the type that a signature is for.
func (r *reader) covered(p *part) {
	if r.has(2) {
		t := types.of(r.u16(), "TYPE")
		r.say(t.name)
		r.add(p.name, p.note, t.shown, 2)
	}
}

// remaining takes what is left of the part; there must be something.
func (r *reader) remaining() ([]byte, bool) {
	if !r.has(1) {
		return nil, false
	}
	return r.raw[r.pos:r.end], true
}

func (r *reader) hexSmall(p *part)   { r.hex(p, "0123456789abcdef") }
func (r *reader) hexCapital(p *part) { r.hex(p, "0123456789ABCDEF") }

func (r *reader) hex(p *part, digits string) {
	if b, ok := r.remaining(); ok {
		r.add(p.name, p.note, r.say(r.hexOf(b, digits)), len(b))
	}
}

func (r *reader) hexOf(b []byte, digits string) string {
	if r.tree {
		r.scratch = appendHex(r.scratch[:0], b, digits)
	}
	return r.put(r.scratch)
}

func appendHex(out, b []byte, digits string) []byte {
	for _, c := range b {
		out = append(out, digits[c>>4], digits[c&0xf])
	}
	return out
}

func (r *reader) base64(p *part) {
	if b, ok := r.remaining(); ok {
		if r.tree {
			r.scratch = base64.StdEncoding.AppendEncode(r.scratch[:0], b)
		}
		r.add(p.name, p.note, r.say(r.put(r.scratch)), len(b))
	}
}

// opaque takes data whose parts are not known, as RFC 3597 §5 writes them.
func (r *reader) opaque(name, note string) {
	if b, ok := r.remaining(); ok {
		if r.tree {
			r.scratch = strconv.AppendInt(append(r.scratch[:0], "\\# "...), int64(len(b)), 10)
			r.scratch = appendHex(append(r.scratch, ' '), b, hexDigits)
		}
		r.add(name, note, r.say(r.put(r.scratch)), len(b))
	}
}

// countedBytes reads a length and so many bytes behind it.
func (r *reader) countedBytes() (b []byte, ok bool) {
	if !r.has(1) || !r.has(1+int(r.u8())) {
		return nil, false
	}
	n := int(r.u8())
	return r.raw[r.pos+1 : r.pos+1+n], true
}

// salt reads the salt of a hash (RFC 5155 §3.2).
func (r *reader) salt(p *part) {
	b, ok := r.countedBytes()
	if !ok {
		return
	}
	value := "-"
	if len(b) > 0 {
		value = r.hexOf(b, "0123456789ABCDEF")
	}
	r.add(p.name, p.note, r.say(value), 1+len(b))
}

// hashed reads the hash of a name (RFC 5155 §3.2).
func (r *reader) hashed(p *part) {
	if b, ok := r.countedBytes(); ok {
		if r.tree {
			r.scratch = base32.HexEncoding.WithPadding(base32.NoPadding).AppendEncode(r.scratch[:0], b)
		}
		r.add(p.name, p.note, r.say(r.put(r.scratch)), 1+len(b))
	}
}

// typeBitmap reads the list of types that a name has, block by block
// (RFC 4034 §4.1.2).
func (r *reader) typeBitmap(p *part) {
	m := r.open()
	last := -1
	for r.err == "" && r.left() > 0 {
		if !r.has(2) {
			break
		}
		block, n := int(r.raw[r.pos]), int(r.raw[r.pos+1])
		if n == 0 || n > 32 || block <= last {
			r.fail("a block of types has a number above the last one's and 1 to 32 bytes")
			break
		}
		if !r.has(2 + n) {
			break
		}
		last = block
		r.typeBlock(block, n)
	}
	if r.pos > m.pos {
		r.close(m, p.name, p.note, "")
	}
}

// typeBlock reads a block of n bytes, in which each bit that is set stands for a
// type.
func (r *reader) typeBlock(block, n int) {
	m := r.open()
	start := len(r.data)
	r.add("window", "rdata/bitmap-window", r.number(uint32(block)), 1)
	r.add("length", "rdata/bitmap-length", r.number(uint32(n)), 1)
	next := 0
	for i, b := range r.raw[r.pos : r.pos+n] {
		for ; b != 0; b &^= 0x80 >> bits.LeadingZeros8(b) {
			bit := i<<3 | bits.LeadingZeros8(b)
			r.absent(block, next, bit)
			t := types.of(uint16(block<<8|bit), "TYPE")
			r.bits("TYPE", t.note, t.shown, bit, 1)
			r.say(t.name)
			next = bit + 1
		}
	}
	r.absent(block, next, 8*n)
	r.pos += n
	r.close(m, "block", "rdata/bitmap-block", r.put(r.data[start:max(start, len(r.data)-1)]))
}

// absent adds the bits of a block of types that are not set, from one up to
// another, as one field.
func (r *reader) absent(block, from, to int) {
	if from == to {
		return
	}
	value := r.number(uint32(block<<8 | from))
	if to > from+1 && r.tree {
		value += "–" + number(uint32(block<<8|(to-1)))
	}
	r.bits("absent", "rdata/bitmap-absent", value, from, to-from)
}

// keyFlags reads the flags of a DNSKEY (RFC 4034 §2.1.1).
func (r *reader) keyFlags(p *part) {
	if !r.has(2) {
		return
	}
	flags := r.u16()
	m := r.open()
	if !r.tree {
		r.fields += 5
	} else {
		r.bits("reserved", "rdata/DNSKEY/reserved", number(uint32(flags>>9)), 0, 7)
		r.bits("Zone Key", "rdata/DNSKEY/zone-key", bitValues[flags>>8&1], 7, 1)
		r.bits("REVOKE", "rdata/DNSKEY/revoke", bitValues[flags>>7&1], 8, 1)
		r.bits("reserved", "rdata/DNSKEY/reserved", number(uint32(flags>>1&0x3f)), 9, 6)
		r.bits("Secure Entry Point", "rdata/DNSKEY/sep", bitValues[flags&1], 15, 1)
	}
	r.pos += 2
	r.close(m, p.name, p.note, r.say(r.number(uint32(flags))))
}

// caaFlags reads the flags of a CAA record (RFC 8659 §4.1).
func (r *reader) caaFlags(p *part) {
	if !r.has(1) {
		return
	}
	flags := r.u8()
	m := r.open()
	if !r.tree {
		r.fields += 2
	} else {
		r.bits("Issuer Critical", "rdata/CAA/critical", bitValues[flags>>7], 0, 1)
		r.bits("reserved", "rdata/CAA/reserved", number(uint32(flags&0x7f)), 1, 7)
	}
	r.pos++
	r.close(m, p.name, p.note, r.say(r.number(uint32(flags))))
}

func (r *reader) caaTag(p *part) {
	if b, ok := r.countedBytes(); ok {
		r.add(p.name, p.note, r.say(r.str(r.pos+1, r.pos+1+len(b))), 1+len(b))
	}
}

func (r *reader) caaValue(p *part) {
	r.say(r.quoted(r.raw[r.pos:r.end]))
	if n := r.left(); n > 0 {
		r.add(p.name, p.note, r.str(r.pos, r.end), n)
	}
}

// texts reads character-strings up to the end (RFC 1035 §3.3).
func (r *reader) texts(p *part) {
	for r.err == "" && r.left() > 0 {
		b, ok := r.countedBytes()
		if !ok {
			return
		}
		r.say(r.quoted(b))
		m := r.open()
		r.add("length", "rdata/string-length", r.number(uint32(len(b))), 1)
		if len(b) > 0 {
			r.add("text", "rdata/string-text", r.str(r.pos, r.pos+len(b)), len(b))
		}
		r.close(m, p.name, p.note, r.str(r.pos-len(b), r.pos))
	}
}

// quoted writes a string between quotes as a zone file does (RFC 1035 §5.1).
func (r *reader) quoted(s []byte) string {
	if !r.tree {
		return ""
	}
	b := r.scratch[:0]
	b = append(b, '"')
	for _, c := range s {
		switch {
		case c < ' ' || c > '~':
			b = append(b, '\\', '0'+c/100, '0'+c/10%10, '0'+c%10)
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		default:
			b = append(b, c)
		}
	}
	b = append(b, '"')
	r.scratch = b
	return r.put(b)
}

// svcParams reads the parameters of a service binding (RFC 9460 §2.2).
func (r *reader) svcParams(p *part) {
	m := r.open()
	last := -1
	for r.err == "" && r.left() > 0 {
		if !r.has(4) {
			break
		}
		key := r.u16()
		n := int(binary.BigEndian.Uint16(r.raw[r.pos+2:]))
		if int(key) <= last {
			r.fail("the keys of parameters go up")
			break
		}
		if !r.has(4 + n) {
			break
		}
		last = int(key)
		r.svcParam(key, n)
	}
	if r.pos > m.pos {
		r.close(m, p.name, p.note, "")
	}
}

func (r *reader) svcParam(key uint16, n int) {
	e := svcParams.of(key, "key")
	m := r.open()
	r.add("SvcParamKey", e.note, e.shown, 2)
	r.add("length", "rdata/SVCB/length", r.number(uint32(n)), 2)
	value := ""
	if n > 0 {
		if r.tree {
			value = svcValue(key, r.text[r.pos:r.pos+n])
		}
		r.add("SvcParamValue", e.note, value, n)
	}
	text := ""
	if r.tree {
		text = r.say(e.name + "=" + r.quoted([]byte(value)))
	}
	r.close(m, "SvcParam", e.note, text)
}

// svcValue writes the value of a parameter as a zone file does (RFC 9460 §7).
func svcValue(key uint16, b string) string {
	var out []byte
	comma := func() {
		if len(out) > 0 {
			out = append(out, ',')
		}
	}
	switch {
	case key == 0 && len(b)%2 == 0: // mandatory
		for ; b != ""; b = b[2:] {
			comma()
			out = append(out, svcParams.of(uint16(b[0])<<8|uint16(b[1]), "key").name...)
		}
	case key == 1: // alpn
		for b != "" && len(b) > int(b[0]) {
			comma()
			out = append(out, b[1:1+int(b[0])]...)
			b = b[1+int(b[0]):]
		}
	case key == 3 && len(b) == 2: // port
		out = strconv.AppendUint(out, uint64(b[0])<<8|uint64(b[1]), 10)
	case key == 4 && len(b)%4 == 0: // ipv4hint
		for ; b != ""; b = b[4:] {
			comma()
			out = netip.AddrFrom4([4]byte([]byte(b[:4]))).AppendTo(out)
		}
	case key == 5: // ech
		out = base64.StdEncoding.AppendEncode(out, []byte(b))
	case key == 6 && len(b)%16 == 0: // ipv6hint
		for ; b != ""; b = b[16:] {
			comma()
			out = netip.AddrFrom16([16]byte([]byte(b[:16]))).AppendTo(out)
		}
	default:
		out = append(out, b...)
	}
	return string(out)
}
