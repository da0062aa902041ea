package letter

import (
	"strings"

	"surel/protocols/field"
)

// header reads header fields up to the blank line, which it leaves, or up to
// the byte end (RFC 5322 §2.2).
func (r *reader) header(end int, c *content) {
	for r.Pos() < end {
		rest := r.text[r.Pos():end]
		if rest[0] == '\n' || strings.HasPrefix(rest, "\r\n") {
			return
		}
		if r.budget <= 0 {
			r.Add("unread", "field/unread", headerLen(rest)).Err = "this letter has too many parts; the rest of the header stays closed"
			return
		}
		r.headerField(rest[:fieldLen(rest)], c)
	}
}

// fieldLen measures the header field that begins s, with the lines that
// continue it and the end of the last.
func fieldLen(s string) int {
	n := 0
	for {
		i := strings.IndexByte(s[n:], '\n')
		if i < 0 {
			return len(s)
		}
		n += i + 1
		if n == len(s) || s[n] != ' ' && s[n] != '\t' {
			return n
		}
	}
}

// headerLen measures what is left of a header, up to its blank line.
func headerLen(s string) int {
	for n := 0; n < len(s); n += fieldLen(s[n:]) {
		if s[n] == '\n' || strings.HasPrefix(s[n:], "\r\n") {
			return n
		}
	}
	return len(s)
}

// headerField reads one header field: name, colon, value and end of line
// (RFC 5322 §3.6.8).
func (r *reader) headerField(text string, c *content) {
	name, _, ok := strings.Cut(text, ":")
	trimmed := strings.TrimRight(name, " \t") // RFC 5322 §4.5.3 allows it before the colon
	if !ok || trimmed == "" || strings.ContainsFunc(trimmed, notFieldName) {
		f := r.Add("line", "field/unread", len(text))
		f.Value = strings.TrimRight(f.Value, "\r\n")
		f.Err = "this line is no header field: a name and a colon are missing"
		return
	}
	kind, note := kindOf(trimmed)
	base := r.Pos()
	start := len(name) + 1
	l := lexer{Cursor: field.NewCursorAt(text[:start], base), budget: &r.budget}
	l.Add("field-name", "letter/field-name", len(trimmed))
	l.fws()
	l.punct(":")
	fields := l.Fields()

	value := strings.TrimSuffix(strings.TrimSuffix(text[start:], "\n"), "\r")
	if !strings.HasSuffix(text, "\n") {
		value = text[start:]
	}
	v := lexer{Cursor: field.NewCursorAt(value, base+start), budget: &r.budget}
	v.fws()
	if kind.read != nil {
		kind.read(&v, c)
	} else {
		v.unstructured("unstructured", "letter/unstructured")
	}
	values := v.Fields()
	fields = append(fields, values...)
	fields = append(fields, lineEnd(text[start+len(value):], base+start+len(value))...)

	f := r.Add(kind.name, note, len(text))
	f.Value = strings.TrimSpace(decoded(values, text, base))
	f.Fields = fields
}

func lineEnd(text string, at int) []field.Field {
	if text == "" {
		return nil
	}
	f := field.Field{Name: "CRLF", Note: "punct/CRLF", Kind: field.Punctuation, Span: field.Bytes(at, at+len(text)), Value: text}
	if text == "\n" {
		f.Name, f.Note, f.Kind, f.Err = "LF", "letter/bare", field.Plain, errBareLF
	}
	return []field.Field{f}
}

// notFieldName tells whether a character cannot stand in the name of a header
// field (RFC 5322 §2.2).
func notFieldName(r rune) bool { return r <= ' ' || r >= 0x7f }

// decoded gives the value of a header field for a reader: unfolded, and with
// its encoded words decoded (RFC 2047 §6.2).
func decoded(fields []field.Field, text string, base int) string {
	var b strings.Builder
	writeDecoded(&b, fields, text, base)
	return b.String()
}

func writeDecoded(b *strings.Builder, fields []field.Field, text string, base int) {
	for i := range fields {
		f := &fields[i]
		start, end := f.Span.ByteRange()
		switch {
		case f.Name == encodedWordName:
			b.WriteString(f.Value)
		case isSpace(f) && betweenEncodedWords(fields, i):
		case len(f.Fields) > 0:
			writeDecoded(b, f.Fields, text, base)
		default:
			b.WriteString(unfold(text[start-base : end-base]))
		}
	}
}

// betweenEncodedWords tells whether the i-th field stands between encoded
// words: white space there is only for folding (RFC 2047 §6.2).
func betweenEncodedWords(fields []field.Field, i int) bool {
	return i > 0 && i+1 < len(fields) &&
		fields[i-1].Name == encodedWordName && fields[i+1].Name == encodedWordName
}

func isSpace(f *field.Field) bool { return f.Name == "SP" || f.Name == "FWS" }

// subject gives the letter's subject, decoded; empty where there is none in
// the first header.
func subject(raw []byte) string {
	const most = 64 << 10 // a summary is asked for often, and no subject stands further down
	text := string(raw[:min(len(raw), most)])
	for len(text) > 0 && text[0] != '\n' && !strings.HasPrefix(text, "\r\n") {
		n := fieldLen(text)
		name, value, ok := strings.Cut(text[:n], ":")
		if ok && strings.EqualFold(strings.TrimRight(name, " \t"), "Subject") {
			budget := maxFields
			value = strings.TrimRight(value, "\r\n")
			l := lexer{Cursor: field.NewCursorAt(value, 0), budget: &budget}
			l.unstructured("unstructured", "")
			return strings.TrimSpace(decoded(l.Fields(), value, 0))
		}
		text = text[n:]
	}
	return ""
}
