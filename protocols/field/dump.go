package field

import (
	"fmt"
	"io"
	"strings"
)

// dumpBytes is how many bytes of a field stand beside it in a dump.
const dumpBytes = 8

// Dump writes the tree for golden files, one field a line: where it begins in
// the message (byte, and bit where it begins inside one), its first bytes, and
// under its parent its name with value, note and error. Punctuation is marked
// by a dot, a secret by a star.
//
//	0010   4d 41 49 4c              verb  "MAIL"  command/verb
func Dump(w io.Writer, fields []Field, raw []byte) {
	Walk(fields, func(f *Field, depth int) {
		var b strings.Builder
		start, end := f.Span.ByteRange()
		place := fmt.Sprintf("%04x", start)
		if bit := f.Span.Start % 8; bit != 0 || f.Span.Len()%8 != 0 {
			place += fmt.Sprintf(".%d+%d", bit, f.Span.Len())
		}
		hex := fmt.Sprintf("% x", raw[start:min(end, start+dumpBytes)])
		if end > start+dumpBytes {
			hex += " …"
		}
		fmt.Fprintf(&b, "%-9s %-26s%s%s%s", place, hex, strings.Repeat("  ", depth), mark(f.Kind), f.Name)
		if f.Kind != Punctuation {
			fmt.Fprintf(&b, "  %q", f.Value)
		}
		if f.Note != "" {
			fmt.Fprintf(&b, "  %s", f.Note)
		}
		if f.Target != (Span{}) {
			fmt.Fprintf(&b, "  -> bits %d to %d", f.Target.Start, f.Target.End)
		}
		if f.Err != "" {
			fmt.Fprintf(&b, "  !! %s", f.Err)
		}
		b.WriteByte('\n')
		_, _ = io.WriteString(w, b.String()) // the writer keeps its own error
	})
}

func mark(k Kind) string {
	switch k {
	case Punctuation:
		return "."
	case Secret:
		return "*"
	default:
		return ""
	}
}
