package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"surel/protocols/visible"
)

type connection struct {
	Service  string  `json:"service"`
	Client   string  `json:"client"`
	Server   string  `json:"server"`
	Messages []entry `json:"messages"`
}

// JSON prints a report as one document:
//
//	{"scenario", "lang", "connections": [{"service", "client", "server", "messages": [
//	  {"dir": "C" or "S", "time", "title", "raw", "note", "refs": […], "state",
//	   "fields": [{"name", "span": [first bit, bit after the last], "value",
//	               "note", "ref", "error", "fields": […]}],
//	   "inner": [messages]}]}]}
//
// time is RFC 3339 with nanoseconds, or empty where the log has none; raw is
// base64. What explains a mistake is the last paragraph of note. In values, a
// byte that is not UTF-8 becomes U+FFFD: raw has it as it was. Unless
// ShowSecrets is set, the bytes of passwords in raw are asterisks.
//
// It is written connection by connection, so that a long one needs no more memory
// than some of its connections. A Compact one has a line for each.
func JSON(w io.Writer, r Report) error {
	if err := r.writeJSON(w); err != nil {
		return fmt.Errorf("write JSON report: %w", err)
	}
	return nil
}

// layout says how a document is laid out on lines.
type layout struct{ open, field, item, end, last string }

var (
	spacious = layout{"{\n  ", ": ", "\n    ", "\n  ", "\n}\n"}
	compact  = layout{"{", ":", "\n", "\n", "}\n"}
)

func (r Report) writeJSON(w io.Writer) error {
	l := spacious
	comma := ",\n  "
	if r.Compact {
		l, comma = compact, ","
	}
	var b bytes.Buffer
	b.WriteString(l.open + `"scenario"` + l.field)
	err := inJSON(&b, r.Scenario, !r.Compact)
	b.WriteString(comma + `"lang"` + l.field)
	err = errors.Join(err, inJSON(&b, string(r.Lang), !r.Compact))
	b.WriteString(comma + `"connections"` + l.field + "[")
	if _, failed := w.Write(escapeHidden(b.Bytes())); err != nil || failed != nil {
		return errors.Join(err, failed)
	}
	first := true
	err = inOrder(len(r.Connections), r.connectionJSON, func(b []byte) error {
		before := "," + l.item
		if first {
			before, first = l.item, false
		}
		_, err := w.Write(append([]byte(before), b...))
		return err
	})
	if err != nil {
		return err
	}
	end := "]" + l.last
	if len(r.Connections) > 0 {
		end = l.end + end
	}
	_, err = io.WriteString(w, end)
	return err
}

// connectionJSON writes the i-th connection.
func (r Report) connectionJSON(i int) ([]byte, error) {
	c := &r.Connections[i]
	messages := []entry{}
	for e := range r.entries(c) {
		e.addMistake()
		messages = append(messages, *e)
	}
	var b bytes.Buffer
	err := inJSON(&b, connection{Service: c.Service, Client: endpoint(c.Client), Server: endpoint(c.Server), Messages: messages}, !r.Compact)
	return escapeHidden(b.Bytes()), err
}

// inJSON writes a value as it stands inside a document, without the line's end.
func inJSON(b *bytes.Buffer, value any, indented bool) error {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if indented {
		enc.SetIndent("    ", "  ")
	}
	err := enc.Encode(value)
	b.Truncate(b.Len() - 1)
	return err
}

func (e *entry) addMistake() {
	if e.mistake.Text != "" {
		e.Note += "\n\n" + e.mistake.Text
	}
	for i := range e.Inner {
		e.Inner[i].addMistake()
	}
}

// escapeHidden writes characters that a terminal would obey as JSON escapes.
// They stand only inside strings, where the escape means the same; those of
// ASCII are escaped already, all but DEL.
func escapeHidden(doc []byte) []byte {
	if bytes.IndexFunc(doc, mayHide) < 0 {
		return doc
	}
	out := make([]byte, 0, len(doc)+len(doc)/8)
	for len(doc) > 0 {
		if n := bytes.IndexFunc(doc, mayHide); n != 0 {
			if n < 0 {
				n = len(doc)
			}
			out, doc = append(out, doc[:n]...), doc[n:]
			continue
		}
		r, n := utf8.DecodeRune(doc)
		switch {
		case r != 0x7f && !visible.Hidden(r):
			out = append(out, doc[:n]...)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		doc = doc[n:]
	}
	return out
}

// mayHide tells whether a character is no printable one of ASCII, as most are. What
// is below a space is escaped already, or ends a line.
func mayHide(r rune) bool { return r >= 0x7f }
