package report

import (
	"bytes"
	"encoding/json"
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
// than its longest connection.
func JSON(w io.Writer, r Report) error {
	var b bytes.Buffer
	if err := r.writeJSON(&b, w); err != nil {
		return fmt.Errorf("write JSON report: %w", err)
	}
	return nil
}

func (r Report) writeJSON(b *bytes.Buffer, w io.Writer) error {
	b.WriteString("{\n  \"scenario\": ")
	if err := inJSON(b, r.Scenario, ""); err != nil {
		return err
	}
	b.WriteString(",\n  \"lang\": ")
	if err := inJSON(b, string(r.Lang), ""); err != nil {
		return err
	}
	b.WriteString(",\n  \"connections\": [")
	for i := range r.Connections {
		c := &r.Connections[i]
		messages := []entry{}
		for e := range r.entries(c) {
			e.addMistake()
			messages = append(messages, *e)
		}
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString("\n    ")
		err := inJSON(b, connection{Service: c.Service, Client: endpoint(c.Client), Server: endpoint(c.Server), Messages: messages}, "    ")
		if err != nil {
			return err
		}
		if _, err := w.Write(escapeHidden(b.Bytes())); err != nil {
			return err
		}
		b.Reset()
	}
	if len(r.Connections) > 0 {
		b.WriteString("\n  ")
	}
	b.WriteString("]\n}\n")
	_, err := w.Write(escapeHidden(b.Bytes()))
	return err
}

// inJSON writes a value as it stands inside a document, without the line's end.
func inJSON(b *bytes.Buffer, value any, prefix string) error {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	enc.SetIndent(prefix, "  ")
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
	out := make([]byte, 0, len(doc))
	for len(doc) > 0 {
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
