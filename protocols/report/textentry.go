package report

import (
	"fmt"
	"strings"

	"surel/protocols/visible"
)

// entry prints a message under its number in the connection.
func (t *TextWriter) entry(e *entry) {
	t.number[t.current]++
	head := fmt.Sprintf("%d. %s", t.number[t.current], t.labels.arrow(e.Dir))
	if e.clock != "" {
		head += ", " + e.clock
	}
	t.paragraph("", head)
	t.body(indent, e)
}

func (t *TextWriter) body(in string, e *entry) {
	t.value(in, e.summary)
	t.labelled(in, "meaning", visible.String(e.Title))
	if e.Note != "" {
		t.note(in+indent, e.Note)
	}
	if e.mistake.Text != "" {
		t.labelled(in, "mistake", e.mistake.Title)
		t.note(in+indent, e.mistake.Text)
	}
	if e.state != "" {
		t.labelled(in, "state", e.state)
	}
	if lines := outline(e, t.told); len(lines) > 0 {
		t.labelled(in, "contents", "")
		for _, l := range lines {
			t.field(in+indent, l)
		}
	}
	if len(e.Refs) > 0 {
		t.labelled(in, "refs", strings.Join(e.Refs, ", "))
	}
	t.blank()
	for i := range e.Inner {
		t.labelled(in, "carries", "")
		t.body(in+indent, &e.Inner[i])
	}
}

func (t *TextWriter) field(in string, l line) {
	in += strings.Repeat(indent, min(l.depth, 8))
	name := visible.String(l.part.Name)
	block := strings.Contains(l.value, "\n")
	switch {
	case block:
		t.paragraph(in, name+":")
	case l.value != "":
		t.paragraph(in, name+": "+visible.String(l.value))
	default:
		t.paragraph(in, name)
	}
	if l.part.Error != "" {
		t.labelled(in+indent, "error", visible.String(l.part.Error))
	}
	if l.hint != "" {
		t.note(in+indent, l.hint)
	}
	if block {
		t.value(in+indent+indent, l.value)
	}
}

func (t *TextWriter) labelled(in, label, text string) {
	if text != "" {
		text = " " + text
	}
	t.paragraph(in, t.labels[label]+":"+text)
}

// note prints a text of ours, in which backticks mark what is typed.
func (t *TextWriter) note(in, text string) {
	for para := range strings.SplitSeq(text, "\n\n") {
		wrap(&t.out, in, "", strings.ReplaceAll(para, "`", ""))
	}
}

// value prints what came from the wire, line by line.
func (t *TextWriter) value(in, text string) {
	for l := range strings.SplitSeq(strings.TrimSuffix(visible.Lines(text), "\n"), "\n") {
		t.paragraph(in, l)
	}
}

func (t *TextWriter) paragraph(in, text string) { wrap(&t.out, in, indent, text) }

func (t *TextWriter) blank() { t.out.WriteByte('\n') }
