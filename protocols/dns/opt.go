package dns

import (
	"encoding/binary"
	"net/netip"
	"strconv"
	"strings"
)

// optHeader reads what stands in the place of CLASS and TTL in an OPT record
// (RFC 6891 §6.1.2, §6.1.3).
func (r *reader) optHeader() {
	r.add("requestor's UDP payload size", "opt/udp-size", r.number(uint32(r.u16())), 2)
	flags := r.u32()
	m := r.open()
	if !r.tree {
		r.fields += 4
	} else {
		code := rcodes.of(uint16(flags>>24)<<4|readHeader(r.raw[r.begin:]).rcode(), "")
		f := r.bits("EXTENDED-RCODE", "opt/extended-rcode", number(flags>>24), 0, 8)
		f.Value += ": " + code.shown
		r.bits("VERSION", "opt/version", number(flags>>16&0xff), 8, 8)
		r.bits("DO", "opt/DO", bitValues[flags>>15&1], 16, 1)
		r.bits("Z", "opt/Z", number(flags&0x7fff), 17, 15)
	}
	r.pos += 4
	r.close(m, "extended RCODE and flags", "opt/flags", "0x"+hex16(uint16(flags>>16))+hex16(uint16(flags)))
}

// options reads the options of an OPT record (RFC 6891 §6.1.2).
func (r *reader) options() {
	for r.err == "" && r.left() > 0 {
		if !r.has(4) {
			return
		}
		code := r.u16()
		n := int(binary.BigEndian.Uint16(r.raw[r.pos+2:]))
		if !r.has(4 + n) {
			return
		}
		e := options.of(code, "OPT")
		m := r.open()
		r.add("OPTION-CODE", e.note, e.shown, 2)
		r.add("OPTION-LENGTH", "opt/length", r.number(uint32(n)), 2)
		text := r.option(code, n)
		if r.tree {
			text = r.say(strings.TrimSpace(e.name + " " + text))
		}
		r.close(m, "option", e.note, text)
	}
}

// Options that are opened.
const (
	optionNSID    = 3
	optionSubnet  = 8
	optionCookie  = 10
	optionAlive   = 11
	optionPadding = 12
	optionError   = 15
)

// option reads the data of an option, n bytes, and says them in short.
func (r *reader) option(code uint16, n int) string {
	end := r.end
	r.end = r.pos + n
	defer func() { r.end = end }()
	var value string
	switch {
	case n == 0:
		return ""
	case code == optionCookie:
		value = r.cookie()
	case code == optionSubnet:
		value = r.subnet()
	case code == optionError:
		value = r.extendedError()
	case code == optionAlive && n == 2:
		value = r.number(uint32(r.u16())) + "00 ms"
		r.add("TIMEOUT", "opt/timeout", value, 2)
	case code == optionPadding:
		value = r.number(uint32(n))
		r.add("PADDING", "opt/padding", value, n)
	case code == optionNSID:
		value = r.str(r.pos, r.end)
		r.add("NSID", "opt/nsid", value, n)
	default:
		value = r.hexOf(r.raw[r.pos:r.end], hexDigits)
		r.add("OPTION-DATA", "opt/data", value, n)
	}
	r.rest()
	return value
}

// cookie reads the cookies of client and server (RFC 7873 §4).
func (r *reader) cookie() string {
	if !r.has(8) {
		return ""
	}
	client := r.hexOf(r.raw[r.pos:r.pos+8], hexDigits)
	r.add("Client Cookie", "opt/client-cookie", client, 8)
	n := r.left()
	if n == 0 {
		return client
	}
	if n < 8 || n > 32 {
		r.fail("a server cookie has 8 to 32 bytes")
		return client
	}
	server := r.hexOf(r.raw[r.pos:r.end], hexDigits)
	r.add("Server Cookie", "opt/server-cookie", server, n)
	return client + " " + server
}

// subnet reads the part of the client's address that a resolver passes on
// (RFC 7871 §6).
func (r *reader) subnet() string {
	if !r.has(4) {
		return ""
	}
	family, source := r.u16(), r.raw[r.pos+2]
	r.add("FAMILY", "opt/subnet-family", r.number(uint32(family)), 2)
	r.add("SOURCE PREFIX-LENGTH", "opt/subnet-source", r.number(uint32(source)), 1)
	r.add("SCOPE PREFIX-LENGTH", "opt/subnet-scope", r.number(uint32(r.u8())), 1)
	var whole [16]byte
	n := r.left()
	if n > len(whole) || family == 1 && n > 4 {
		r.fail("the address is longer than its family allows")
		return ""
	}
	copy(whole[:], r.raw[r.pos:r.end])
	addr := netip.AddrFrom16(whole)
	if family == 1 {
		addr = netip.AddrFrom4([4]byte(whole[:4]))
	}
	value := addr.String() + "/" + strconv.Itoa(int(source))
	if n > 0 {
		r.add("ADDRESS", "opt/subnet-address", addr.String(), n)
	}
	return value
}

// extendedError reads why a server has failed (RFC 8914 §2).
func (r *reader) extendedError() string {
	if !r.has(2) {
		return ""
	}
	e := extendedErrors.of(r.u16(), "")
	r.add("INFO-CODE", e.note, e.shown, 2)
	if r.left() == 0 {
		return e.shown
	}
	text := r.str(r.pos, r.end)
	r.add("EXTRA-TEXT", "opt/extra-text", text, r.left())
	return e.shown + " " + strconv.Quote(text)
}
