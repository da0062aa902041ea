package dns

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"sync"

	"surel/protocols/field"
)

// headerLen is the size of a message's header in bytes (RFC 1035 §4.1.1).
const headerLen = 12

// header is what a message's first twelve bytes say.
type header struct {
	id     uint16
	flags  uint16
	counts [4]uint16
}

// The flags of a header.
const (
	flagQR = 1 << 15
	flagAA = 1 << 10
	flagTC = 1 << 9
	flagRD = 1 << 8
	flagRA = 1 << 7
)

func (h header) has(flag uint16) bool { return h.flags&flag != 0 }
func (h header) opcode() uint16       { return h.flags >> 11 & 0xf }
func (h header) rcode() uint16        { return h.flags & 0xf }

// The places of two sections among those that follow the header.
const (
	questionSection  = 0
	authoritySection = 2
)

// The sections that follow the header.
var sectionNames = [4]string{"question", "answer", "authority", "additional"}

var (
	countNames = [4]string{"QDCOUNT", "ANCOUNT", "NSCOUNT", "ARCOUNT"}
	countNotes = [4]string{"header/QDCOUNT", "header/ANCOUNT", "header/NSCOUNT", "header/ARCOUNT"}
)

// flagBits are the header's single bits in order, with their places behind the
// id; the opcode lies behind the first and the rcode at the end.
var flagBits = []struct {
	name, note string
	at         int
}{
	{"AA", "header/AA", 5},
	{"TC", "header/TC", 6},
	{"RD", "header/RD", 7},
	{"RA", "header/RA", 8},
	{"Z", "header/Z", 9},
	{"AD", "header/AD", 10},
	{"CD", "header/CD", 11},
}

// readHeader reads the header without its tree. The message has one.
func readHeader(b []byte) header {
	at := func(i int) uint16 { return binary.BigEndian.Uint16(b[i:]) }
	return header{id: at(0), flags: at(2), counts: [4]uint16{at(4), at(6), at(8), at(10)}}
}

// headerTree gives the parts of the header, which begins at the reader's place.
// Found are the numbers of entries that the sections really have.
func (r *reader) headerTree(h header, found [4]int) []field.Field {
	m := r.open()
	r.bits("ID", "header/ID", "0x"+hex16(h.id), 0, 16)
	flags := r.bits("flags", "header/flags", flagWords(h), 16, 16)
	flags.Fields = flagTrees.of(h.flags, r.pos)
	for i, n := range h.counts {
		f := r.bits(countNames[i], countNotes[i], number(uint32(n)), 32+16*i, 16)
		if found[i] < int(n) {
			f.Err = fmt.Sprintf("the message has only %d of them", found[i])
		}
	}
	parts := r.keep(r.stack[m.depth:])
	r.stack = r.stack[:m.depth]
	return parts
}

// flagTrees keeps the parts of the flags, because few of them are ever seen.
var flagTrees = flagCache{trees: map[flagKey][]field.Field{}}

type flagKey struct {
	flags uint16
	begin int
}

type flagCache struct {
	mu    sync.RWMutex
	trees map[flagKey][]field.Field
}

// maxFlagTrees bounds the cache, whatever messages say.
const maxFlagTrees = 1000

func (c *flagCache) of(flags uint16, begin int) []field.Field {
	k := flagKey{flags, begin}
	c.mu.RLock()
	tree, ok := c.trees[k]
	c.mu.RUnlock()
	if ok {
		return tree
	}
	r := reader{pos: begin, tree: true}
	r.flagTree(header{flags: flags})
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.trees) < maxFlagTrees {
		c.trees[k] = r.stack
	}
	return r.stack
}

func (r *reader) flagTree(h header) {
	r.bits("QR", qrNotes[h.flags>>15], qrValues[h.flags>>15], 16, 1)
	op := opcodes.of(h.opcode(), "")
	r.bits("OPCODE", op.note, op.shown, 17, 4)
	for _, f := range flagBits {
		r.bits(f.name, f.note, bitValues[h.flags>>(15-f.at)&1], 16+f.at, 1)
	}
	code := rcodes.of(h.rcode(), "")
	r.bits("RCODE", code.note, code.shown, 28, 4)
}

var (
	bitValues = [2]string{"0", "1"}
	qrValues  = [2]string{"query (0)", "response (1)"}
	qrNotes   = [2]string{"header/QR/query", "header/QR/response"}
)

const hexDigits = "0123456789abcdef"

func hex16(n uint16) string {
	return string([]byte{hexDigits[n>>12], hexDigits[n>>8&0xf], hexDigits[n>>4&0xf], hexDigits[n&0xf]})
}

// number writes a number. Small ones, which most are, cost nothing.
func number(n uint32) string { return strconv.FormatUint(uint64(n), 10) }
