package tls

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"surel/protocols/field"
	"surel/protocols/message"
)

// headerLen is the length of a record's header in bytes (RFC 8446 §5.1).
const headerLen = 5

// contentTypes are the record types by number (RFC 8446 §5.1).
var contentTypes = map[byte]string{
	typeChangeCipherSpec: "change_cipher_spec",
	typeAlert:            "alert",
	typeHandshake:        "handshake",
	typeApplicationData:  "application_data",
	24:                   "heartbeat",
}

// The types of records.
const (
	typeChangeCipherSpec = 20
	typeAlert            = 21
	typeHandshake        = 22
	typeApplicationData  = 23
)

// shut are the reasons why a record is closed.
type shut uint8

const (
	open      shut = iota
	noKey          // the key is not known
	noSuite        // the suite is not opened here
	doesntFit      // the key does not fit
)

func shutBy(err error) shut {
	switch {
	case err == nil:
		return open
	case errors.Is(err, errNoKey):
		return noKey
	case errors.Is(err, errSuite):
		return noSuite
	}
	return doesntFit
}

// Record opens a whole record.
type Record struct {
	epoch     epoch
	protected bool // what it holds is encrypted
	shut      shut
	state     string // after it
	session   *session
	explicit  int    // bytes of a nonce or a vector before what is encrypted
	tag       int    // bytes of a tag or a MAC behind it
	plain     *plain // what was encrypted; nil where it is closed
	inner     []message.Message
	part      string // a handshake message of which it holds a part
}

var (
	_ message.Describer = (*Record)(nil)
	_ message.Carrier   = (*Record)(nil)
)

// Describes tells that the summary is about the record.
func (*Record) Describes() {}

// Summary names what the record holds, and its size.
func (r *Record) Summary(raw []byte) string {
	n := len(raw) - headerLen
	if r.protected && r.plain == nil {
		return fmt.Sprintf("%s, %d bytes", contentTypes[raw[0]], n)
	}
	var names []string
	for i := range r.inner {
		names = append(names, r.inner[i].Summary())
	}
	switch {
	case len(names) > 0:
		return strings.Join(names, ", ")
	case r.part != "":
		return fmt.Sprintf("a part of %s, %d bytes", r.part, n)
	case r.plain != nil:
		return fmt.Sprintf("%s, %d bytes", contentTypes[r.plain.kind], r.plain.n)
	}
	return fmt.Sprintf("%s, %d bytes", contentTypes[raw[0]], n)
}

// Reads tells who can read what a record holds.
type Reads uint8

// Who can read a record.
const (
	// Anyone on the way can.
	Anyone Reads = iota
	// HandshakeKeys are needed, which exist for the handshake alone.
	HandshakeKeys
	// ApplicationKeys are needed, which both ends have after the handshake.
	ApplicationKeys
	// Nobody here can: it is encrypted, and the key is not known.
	Nobody
)

// String gives a word for it.
func (r Reads) String() string { return [...]string{"anyone", "handshake", "application", "nobody"}[r] }

// Reads tells who can read what the record holds.
func (r *Record) Reads() Reads {
	switch {
	case !r.protected:
		return Anyone
	case r.plain == nil:
		return Nobody
	case r.epoch == epochHandshake:
		return HandshakeKeys
	}
	return ApplicationKeys
}

// Through gives the application data that the record holds; false where it holds
// none or is closed.
func (r *Record) Through() ([]byte, bool) {
	if r.plain == nil || r.plain.kind != typeApplicationData {
		return nil, false
	}
	return r.plain.text[:r.plain.n:r.plain.n], true
}

// Carry gives the record the messages that end in its application data.
func (r *Record) Carry(messages []message.Message) { r.inner = messages }

// Carried gives the messages that end in the record.
func (r *Record) Carried() []message.Message { return r.inner }

// Inner gives what the record carries: what was encrypted, or the messages that
// end in it.
func (r *Record) Inner([]byte) []message.Message {
	if r.plain == nil {
		return r.inner
	}
	return []message.Message{{Raw: r.plain.text, Name: "plaintext", Note: r.plain.note(), State: r.state, Body: plainBody{r.plain, r.inner}}}
}

// Fields gives the header's parts and the fragment.
func (r *Record) Fields(raw []byte) []field.Field {
	t := newTree(raw)
	t.Add("content type", "field/content-type", 1).Value = contentType(raw[0])
	t.version("legacy_record_version", "field/version")
	t.Add("length", "field/length", 2).Value = strconv.Itoa(len(raw) - headerLen)
	if !r.protected {
		t.bytes("fragment", "field/clear", t.left())
		return t.Fields()
	}
	if r.explicit+r.tag <= t.left() {
		t.bytes("nonce", "field/nonce", r.explicit)
		t.bytes("encrypted_record", "field/encrypted", t.left()-r.tag)
		t.bytes("tag", "field/tag", r.tag)
		return t.Fields()
	}
	t.bytes("encrypted_record", "field/encrypted", t.left())
	return t.Fields()
}

func contentType(n byte) string {
	name, known := contentTypes[n]
	if !known {
		name = "unknown"
	}
	return fmt.Sprintf("%s (%d)", name, n)
}

// plain is what was in a protected record.
type plain struct {
	opened
	modern bool
}

// note gives the key of the note on it.
func (p *plain) note() string {
	if p.modern {
		return "plain/13"
	}
	return "plain/12"
}

// plainBody opens it.
type plainBody struct {
	*plain
	inner []message.Message
}

var (
	_ message.Describer = plainBody{}
	_ message.Carrier   = plainBody{}
)

// Describes tells that the summary is about the record.
func (plainBody) Describes() {}

// Summary names what was encrypted, and its size.
func (p plainBody) Summary([]byte) string {
	return fmt.Sprintf("%s, %d bytes", contentTypes[p.kind], p.n)
}

// Inner gives the messages that end in it.
func (p plainBody) Inner([]byte) []message.Message { return p.inner }

// Fields gives the content, and what hides its length and proves it.
func (p plainBody) Fields(raw []byte) []field.Field {
	t := newTree(raw)
	if p.n > 0 {
		f := t.Add("content", "plain/content", p.n)
		f.Kind, f.Value = field.Described, fmt.Sprintf("%d bytes", p.n)
	}
	if p.modern {
		t.Add("content type", "plain/type", 1).Value = contentType(raw[p.n])
		t.bytes("zeros", "plain/zeros", t.left())
		return t.Fields()
	}
	t.bytes("MAC", "plain/mac", p.mac)
	t.bytes("padding", "plain/padding", t.left())
	return t.Fields()
}

// alert opens an alert (RFC 8446 §6).
type alert struct{}

// Summary names the alert.
func (alert) Summary(raw []byte) string {
	if len(raw) != 2 {
		return "alert"
	}
	return "alert " + alerts.of(uint16(raw[1])).name
}

// Fields gives its two bytes.
func (alert) Fields(raw []byte) []field.Field {
	t := newTree(raw)
	if t.has(2) {
		levels := map[int]string{1: "warning (1)", 2: "fatal (2)"}
		level := levels[t.peek(1)]
		if level == "" {
			level = strconv.Itoa(t.peek(1))
		}
		t.Add("level", "alert/level", 1).Value = level
		t.code("description", alerts, 1)
	}
	return t.Fields()
}

// specChange opens a change_cipher_spec, whose one byte is always 1.
type specChange struct{}

// Summary names it.
func (specChange) Summary([]byte) string { return "ChangeCipherSpec" }

// Fields gives its byte.
func (specChange) Fields(raw []byte) []field.Field {
	t := newTree(raw)
	t.number("type", "ccs/type", 1)
	return t.Fields()
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

// recordLen gives the length of the record that begins b, with its header; 0
// where the header is not complete.
func recordLen(b []byte) int {
	if len(b) < headerLen {
		return 0
	}
	return headerLen + int(binary.BigEndian.Uint16(b[3:]))
}
