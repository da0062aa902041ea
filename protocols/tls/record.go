package tls

import (
	"encoding/binary"
	"fmt"
	"strconv"

	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// headerLen is the length of a record's header in bytes (RFC 8446 §5.1).
const headerLen = 5

// maxFragment is the longest fragment that a record may carry, in bytes
// (RFC 5246 §6.2.3, which allows more than RFC 8446 §5.2).
const maxFragment = 1<<14 + 2048

// maxRefused is how much of a stream that is no TLS one message takes, in
// bytes.
const maxRefused = 16 << 10

// contentTypes are the record types by number (RFC 8446 §5.1).
var contentTypes = map[byte]string{
	20: "change_cipher_spec",
	21: "alert",
	22: "handshake",
	23: "application_data",
	24: "heartbeat",
}

// versions are the protocol versions by number (RFC 8446 §4.1.2 and those
// before it).
var versions = map[uint16]string{
	0x0300: "SSL 3.0", 0x0301: "TLS 1.0", 0x0302: "TLS 1.1", 0x0303: "TLS 1.2", 0x0304: "TLS 1.3",
}

// Decoder cuts the two directions of a connection into records.
type Decoder struct {
	state string
	lost  [2]bool // what came was no record, so that no further one can be found
}

// NewDecoder makes a decoder for one connection, from its first TLS byte on.
func NewDecoder() *Decoder { return &Decoder{state: stateHandshake} }

// Decode gives the complete records in b.
func (d *Decoder) Decode(dir wire.Dir, b []byte) (messages []message.Message, consumed int) {
	for consumed < len(b) {
		rest := b[consumed:]
		if d.lost[dir] || !plausible(rest) {
			d.lost[dir] = true
			n := min(len(rest), maxRefused)
			messages = append(messages, d.refused(dir, rest[:n], "this is not a TLS record"))
			consumed += n
			continue
		}
		n := recordLen(rest)
		if n == 0 || len(rest) < n {
			break
		}
		messages = append(messages, d.record(dir, rest[:n:n]))
		consumed += n
	}
	return messages, consumed
}

// Flush gives what is left when a direction ends.
func (d *Decoder) Flush(dir wire.Dir, rest []byte) []message.Message {
	if len(rest) == 0 {
		return nil
	}
	return []message.Message{d.refused(dir, rest, "the connection ended inside this record")}
}

// plausible tells whether b can be the beginning of a record.
func plausible(b []byte) bool {
	if _, known := contentTypes[b[0]]; !known {
		return false
	}
	return len(b) < 2 || b[1] == 3 && (len(b) < headerLen || int(binary.BigEndian.Uint16(b[3:])) <= maxFragment)
}

// recordLen gives the length of the record that begins b, with its header; 0
// where the header is not complete.
func recordLen(b []byte) int {
	if len(b) < headerLen {
		return 0
	}
	return headerLen + int(binary.BigEndian.Uint16(b[3:]))
}

func (d *Decoder) record(dir wire.Dir, raw []byte) message.Message {
	kind := contentTypes[raw[0]]
	switch kind {
	case "application_data":
		d.state = stateProtected
	case "alert":
		if d.state == stateProtected {
			d.state = stateClosed
		}
	}
	return message.Message{
		Raw: raw, Name: kind, Note: "record/" + kind, State: d.state, Body: record{}, Dir: dir,
	}
}

func (d *Decoder) refused(dir wire.Dir, raw []byte, why string) message.Message {
	return message.Message{
		Raw: raw, Name: "unread", Note: "record/unread", State: d.state, Body: refused(why), Dir: dir, Malformed: true,
	}
}

// record opens a whole record.
type record struct{}

var _ message.Describer = record{}

// Summary names the record and its size.
func (record) Summary(raw []byte) string {
	return fmt.Sprintf("%s, %d bytes", contentTypes[raw[0]], len(raw)-headerLen)
}

// Describes tells that the summary is about the record.
func (record) Describes() {}

// Fields gives the header's parts and the closed fragment.
func (record) Fields(raw []byte) []field.Field {
	c := field.NewCursor(raw)
	c.Add("content type", "field/content-type", 1).Value = fmt.Sprintf("%s (%d)", contentTypes[raw[0]], raw[0])
	v := binary.BigEndian.Uint16(raw[1:])
	name, known := versions[v]
	if !known {
		name = "unknown"
	}
	f := c.Add("legacy record version", "field/version", 2)
	f.Kind, f.Value = field.Described, fmt.Sprintf("%s (0x%04x)", name, v)
	c.Add("length", "field/length", 2).Value = strconv.Itoa(len(raw) - headerLen)
	if n := len(raw) - headerLen; n > 0 {
		f := c.Add("fragment", "field/fragment", n)
		f.Kind, f.Value = field.Described, fmt.Sprintf("%d bytes", n)
	}
	return c.Fields()
}

// refused opens bytes that are no record; it says why.
type refused string

var _ message.Describer = refused("")

// Summary says why the bytes are no record.
func (r refused) Summary([]byte) string { return string(r) }

// Describes tells that the summary is about the bytes.
func (refused) Describes() {}

// Fields gives the bytes as one field.
func (r refused) Fields(raw []byte) []field.Field {
	c := field.NewCursor(raw)
	c.Fail(string(r))
	return c.Fields()
}
