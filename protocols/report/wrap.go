package report

import (
	"bytes"
	"strings"

	"github.com/clipperhouse/displaywidth"
)

// columns is the width of a page of text.
const columns = 80

// wrap writes a paragraph within the page: every line set in, those after the
// first by hang as well.
func wrap(out *bytes.Buffer, in, hang, text string) {
	room := columns - displaywidth.String(in)
	for first := true; ; first = false {
		head, rest := cutLine(text, room)
		out.WriteString(strings.TrimRight(in+head, " "))
		out.WriteByte('\n')
		if rest == "" {
			return
		}
		text = rest
		if first {
			in += hang
			room -= len(hang)
		}
	}
}

// cutLine cuts a text where a line of the given width ends: behind a word if it
// can, inside one if it must.
func cutLine(text string, room int) (head, rest string) {
	if len(text) <= room {
		return text, ""
	}
	width, space, at := 0, -1, 0
	for g := displaywidth.StringGraphemes(text); g.Next(); {
		w := g.Width()
		if width+w > room {
			if space > 0 {
				return text[:space], strings.TrimLeft(text[space:], " ")
			}
			return text[:max(at, len(g.Value()))], text[max(at, len(g.Value())):]
		}
		if g.Value() == " " && at > 0 {
			space = at
		}
		width += w
		at += len(g.Value())
	}
	return text, ""
}
