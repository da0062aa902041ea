package tls

import (
	_ "embed" // the object identifiers are compiled in
	"encoding/hex"
	"fmt"
	"math/big"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"surel/protocols/field"
	"surel/protocols/table"
)

//go:embed registry/oids.tsv
var oidsTable string

// oids are the object identifiers that are known.
var oids = readOIDs()

func readOIDs() map[string]entry {
	all := map[string]entry{}
	for _, row := range table.Rows(oidsTable) {
		e := entry{name: row[1]}
		if row[2] != "" {
			e.note = "oid/" + row[2]
		}
		all[row[0]] = e
	}
	return all
}

// The tags of DER (X.690 §8.1.2).
const (
	tagBoolean     = 1
	tagInteger     = 2
	tagBitString   = 3
	tagOctetString = 4
	tagNull        = 5
	tagOID         = 6
	tagUTF8        = 12
	tagSequence    = 0x30
	tagSet         = 0x31
	tagUTCTime     = 23
	tagTime        = 24
)

// tagNames are the tags as ASN.1 writes them.
var tagNames = map[byte]string{
	tagBoolean: "BOOLEAN", tagInteger: "INTEGER", tagBitString: "BIT STRING", tagOctetString: "OCTET STRING", tagNull: "NULL",
	tagOID: "OBJECT IDENTIFIER", 10: "ENUMERATED", tagUTF8: "UTF8String", 19: "PrintableString", 20: "T61String",
	22: "IA5String", tagUTCTime: "UTCTime", tagTime: "GeneralizedTime", 26: "VisibleString", 30: "BMPString",
	tagSequence: "SEQUENCE", tagSet: "SET",
}

// maxDepth bounds how deeply values in values are opened.
const maxDepth = 24

// der reads DER.
type der struct {
	tree
	depth int
}

// next gives the tag that comes next; 0 where nothing is left.
func (d *der) next() byte {
	if !d.More() {
		return 0
	}
	return d.Rest()[0]
}

// value reads a tag, a length and so many bytes, which inside reads (X.690 §8.1).
// It gives the field, to say more about it.
func (d *der) value(name, note string, inside func(tag byte, n int)) *field.Field {
	d.Open(name, note)
	if tag, head, n, ok := d.head(); ok {
		f := d.Add("tag and length", "der/head", head)
		f.Kind, f.Value = field.Punctuation, fmt.Sprintf("%s, %d", tagName(tag), n)
		if d.left() < n {
			f.Err = "fewer bytes are left"
		}
		d.depth++
		d.Within(n, func() {
			if d.depth > maxDepth {
				d.bytes("bytes", note, d.left())
				return
			}
			inside(tag, d.left())
		})
		d.depth--
	}
	f := d.Close()
	f.Value = ""
	return f
}

func tagName(tag byte) string {
	if name, ok := tagNames[tag]; ok {
		return name
	}
	if tag&0xc0 == 0x80 {
		return fmt.Sprintf("[%d]", tag&0x1f)
	}
	return fmt.Sprintf("0x%02x", tag)
}

// head reads a tag and a length without passing them.
func (d *der) head() (tag byte, head, n int, ok bool) {
	if !d.has(2) {
		return 0, 0, 0, false
	}
	b := d.Rest()
	tag, n, head = b[0], int(b[1]), 2
	if tag&0x1f == 0x1f {
		d.Fail("a tag of more than one byte is not opened here")
		return 0, 0, 0, false
	}
	if n < 0x80 {
		return tag, head, n, true
	}
	size := n & 0x7f
	if size == 0 || size > 3 || len(b) < 2+size {
		d.Fail("a length of DER has up to three bytes here")
		return 0, 0, 0, false
	}
	n = 0
	for _, c := range []byte(b[2 : 2+size]) {
		n = n<<8 | int(c)
	}
	return tag, head + size, n, true
}

// any reads a value of which nothing is known but its tag.
func (d *der) any(name, note string) *field.Field {
	said := ""
	f := d.value(name, note, func(tag byte, n int) {
		if tag&0x20 != 0 {
			for d.More() {
				d.any(tagName(d.next()), note)
			}
			return
		}
		said = d.leaf(tag, n, note)
	})
	f.Value = said
	return f
}

// leaf reads the content of a simple value and gives it as text.
func (d *der) leaf(tag byte, n int, note string) string {
	if n == 0 {
		return ""
	}
	raw := []byte(d.Rest()[:n])
	f := d.Add("value", note, n)
	if !d.Keeps() {
		return ""
	}
	f.Value = valueText(tag, raw)
	if len(f.Value) > 2*maxHex {
		f.Kind, f.Value = field.Described, fmt.Sprintf("%d bytes", n)
	}
	return f.Value
}

func valueText(tag byte, raw []byte) string {
	switch tag {
	case tagBoolean:
		return strings.ToUpper(strconv.FormatBool(raw[0] != 0))
	case tagInteger, 10:
		if len(raw) <= 8 {
			return integer(raw).String()
		}
	case tagOID:
		id := oid(raw)
		if e, ok := oids[id]; ok {
			return e.name + " (" + id + ")"
		}
		return id
	case tagUTCTime, tagTime:
		if when, ok := moment(tag, raw); ok {
			return when.Format(time.RFC3339)
		}
		return string(raw)
	case tagUTF8, 19, 20, 22, 26:
		return string(raw)
	case tagBitString:
		return hex.EncodeToString(raw[1:])
	}
	return hex.EncodeToString(raw)
}

// integer reads two's complement.
func integer(raw []byte) *big.Int {
	n := new(big.Int).SetBytes(raw)
	if len(raw) > 0 && raw[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(raw))))
	}
	return n
}

// oid writes an object identifier with dots (X.690 §8.19).
func oid(raw []byte) string {
	var out []byte
	n := uint64(0)
	for i, b := range raw {
		if n > 1<<50 {
			return hex.EncodeToString(raw)
		}
		n = n<<7 | uint64(b&0x7f)
		if b&0x80 != 0 {
			continue
		}
		if len(out) == 0 {
			first := min(n/40, 2)
			out = strconv.AppendUint(out, first, 10)
			n -= 40 * first
		}
		out = strconv.AppendUint(append(out, '.'), n, 10)
		n = 0
		_ = i
	}
	return string(out)
}

// moment reads a time (RFC 5280 §4.1.2.5).
func moment(tag byte, raw []byte) (time.Time, bool) {
	layout := "20060102150405Z"
	text := string(raw)
	if tag == tagUTCTime {
		if len(text) < 2 {
			return time.Time{}, false
		}
		century := "20"
		if text[0] >= '5' {
			century = "19"
		}
		text = century + text
	}
	when, err := time.Parse(layout, text)
	return when, err == nil
}

// address writes the bytes of an IP address.
func address(raw []byte) string {
	if addr, ok := netip.AddrFromSlice(raw); ok {
		return addr.String()
	}
	return hex.EncodeToString(raw)
}
