package pop3

import (
	"bytes"
	"fmt"
	"strings"

	"surel/protocols/field"
	"surel/protocols/line"
	"surel/protocols/stuffed"
)

// listing opens the lines that follow the acceptance of a command.
type listing struct {
	verb verb
	part stuffed.Part
}

// listingNotes are the keys of the notes on listings, by the command that asks
// for them.
var listingNotes = func() (keys [len(verbNames)]string) {
	for v := range keys {
		keys[v] = "listing/unknown"
	}
	for _, v := range []verb{verbLIST, verbUIDL, verbCAPA, verbAUTH, verbLANG} {
		keys[v] = "listing/" + v.String()
	}
	return keys
}()

// Summary gives the number of lines.
func (l listing) Summary(raw []byte) string {
	n := bytes.Count(raw, []byte("\n"))
	if l.part.Last() {
		n--
	}
	return fmt.Sprintf("%s: %d lines", l.verb, n)
}

// Describes tells that the summary is about the lines.
func (listing) Describes() {}

// maxRows bounds how many lines of a listing become fields of their own; what
// follows them is one field.
const maxRows = 20_000

// Fields gives the lines, each with its parts, and the final dot.
func (l listing) Fields(raw []byte) []field.Field {
	text := string(raw)
	var fields []field.Field
	at, lineStart := 0, !l.part.MidLine()
	for at < len(text) {
		rest := text[at:]
		row := rest[:rowLength(rest)]
		switch {
		case stuffed.IsFinal(rest) && lineStart && l.part.Last():
			c := field.NewCursorAt(rest, at)
			stuffed.AddFinal(c)
			fields = append(fields, c.Fields()...)
		case len(fields) == maxRows:
			row = rest
			c := field.NewCursorAt(rest, at)
			c.Add("text", "content/text", len(rest))
			fields = append(fields, c.Fields()...)
		default:
			fields = append(fields, l.row(row, at, lineStart))
		}
		at, lineStart = at+len(row), strings.HasSuffix(row, "\r\n")
	}
	return fields
}

func rowLength(text string) int {
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		return i + 1
	}
	return len(text)
}

// row opens one line, which begins at byte at of the message.
func (l listing) row(row string, at int, lineStart bool) field.Field {
	text := line.Cut(row)
	c := field.NewCursorAt(text, at)
	if lineStart && c.Has(".") {
		stuffed.AddDot(c)
	}
	f := field.Field{Name: "line", Note: listingNotes[l.verb], Value: c.Rest(), Span: field.Bytes(at, at+len(row))}
	switch l.verb {
	case verbLIST:
		f.Name = "scan listing"
		scanListing(c)
	case verbUIDL:
		f.Name = "unique-id listing"
		uniqueID(c)
	case verbCAPA:
		f.Name, f.Note = "capability", capability(c)
	case verbAUTH:
		c.While("mechanism", "field/mechanism", line.IsGraphic)
	case verbLANG:
		if c.While("language-tag", "field/language-tag", line.IsGraphic) {
			sp(c)
		}
	default:
	}
	c.While("text", "field/text", line.IsText)
	end := field.NewCursorAt(row[len(text):], at+len(text))
	line.AddEnd(end)
	f.Fields = append(c.Fields(), end.Fields()...)
	return f
}

// scanListing reads a message's number and its size (RFC 1939 §5).
func scanListing(c *field.Cursor) {
	if digits(c, "message-number", "field/message-number") && needSP(c) &&
		digits(c, "message octets", "field/message-octets") {
		spOrEnd(c)
	}
}

// uniqueID reads a message's number and its lasting name (RFC 1939 §7).
func uniqueID(c *field.Cursor) {
	if digits(c, "message-number", "field/message-number") && needSP(c) {
		n := line.Prefix(c.Rest(), isUnique)
		if f := c.Add("unique-id", "field/unique-id", n); n == 0 || n > maxUniqueID {
			f.Err = "a unique-id has 1 to 70 printable characters"
		}
		spOrEnd(c)
	}
}

// maxUniqueID is the greatest length of a unique-id (RFC 1939 §7).
const maxUniqueID = 70

// isUnique accepts the characters of a unique-id (RFC 1939 §7).
func isUnique(b byte) bool { return 0x21 <= b && b <= 0x7e }

// capability reads a keyword and its arguments (RFC 2449 §3), and gives the key
// of the note on the capability.
func capability(c *field.Cursor) string {
	keyword := c.Rest()[:line.Prefix(c.Rest(), line.IsGraphic)]
	note, ok := capabilityNotes[strings.ToUpper(keyword)]
	if !ok {
		note = "capability/unknown"
	}
	if keyword == "" {
		c.Fail("expected the keyword of a capability")
		return note
	}
	c.Add("keyword", note, len(keyword)).Value = strings.ToUpper(keyword)
	name, argument := "argument", note
	if note == "capability/SASL" {
		name, argument = "mechanism", "field/mechanism"
	}
	for sp(c) {
		c.While(name, argument, line.IsGraphic)
	}
	return note
}

// checkListing tells, without opening it, whether the lines of a listing that
// numbers letters have its form, and gives the last number.
func checkListing(v verb, raw []byte, part stuffed.Part) (last int, ok bool) {
	if !part.First() || !part.Last() {
		return 0, true // its lines may be cut
	}
	for row := range bytes.Lines(raw[:len(raw)-len(".\r\n")]) {
		words := bytes.IndexByte(row, ' ')
		if words < 0 {
			return last, false
		}
		if last, ok = number(row[:words]); !ok {
			return last, false
		}
		rest := line.Cut(row[words+1:])
		n := line.Prefix(rest, line.IsDigit)
		if v == verbUIDL {
			n = line.Prefix(rest, isUnique)
		}
		if n == 0 || n < len(rest) && rest[n] != ' ' || v == verbUIDL && n > maxUniqueID {
			return last, false
		}
	}
	return last, true
}
