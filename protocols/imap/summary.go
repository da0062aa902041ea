package imap

import (
	"bytes"
	"strings"

	"surel/protocols/field"
	"surel/protocols/line"
	"surel/protocols/sasl"
)

// summary gives the lines of a message without the literals, for each of which
// its announcement stands. The message begins with so many bytes of one, of
// which the first line stands for all.
func summary(raw []byte, literal int64) string {
	var b strings.Builder
	if literal > 0 {
		content := raw[:min(literal, int64(len(raw)), maxHead)]
		first, _, _ := bytes.Cut(content, []byte("\n"))
		b.Write(bytes.TrimSuffix(first, []byte("\r")))
		if int64(len(first)) < literal {
			b.WriteString("…")
		}
	}
	rest := raw[min(literal, int64(len(raw))):]
	for len(rest) > 0 {
		i := bytes.IndexByte(rest[:min(len(rest), maxLine)], '\n')
		if i < 0 {
			b.Write(rest[:min(len(rest), maxHead)])
			break
		}
		piece := rest[:i+1]
		b.Write(line.Cut(piece))
		size, _, ok := literalAt(piece)
		if !ok {
			break
		}
		rest = rest[i+1:]
		rest = rest[min(size, int64(len(rest))):]
	}
	return b.String()
}

// masked gives the text of a message with what is secret masked.
func masked(fields []field.Field, raw []byte) string {
	var b strings.Builder
	for i := range fields {
		f := &fields[i]
		start, end := f.Span.ByteRange()
		switch {
		case f.Kind == field.Secret:
			b.WriteString(sasl.Mask)
		case f.Name == "CRLF" || f.Name == "bare LF":
		case len(f.Fields) > 0 && f.Span.Len() > 0:
			b.WriteString(masked(f.Fields, raw))
		default:
			b.Write(raw[start:end])
		}
	}
	return b.String()
}
