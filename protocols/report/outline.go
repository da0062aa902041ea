package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"surel/protocols/field"
)

// line is a field in the outline that Text and Markdown print: the fields that
// say something, with what their notes say where it was not said before.
type line struct {
	depth int
	part  *part
	// value is what is printed of the field's value; it may have several lines.
	value string
	// hint is the first sentence of the field's note; empty where it stands
	// above already.
	hint string
}

// outline lists the fields of an entry in reading order. told holds the
// sentences that have been given, and takes in those that are given now.
func outline(e *entry, told map[string]bool) []line {
	told[firstSentence(e.Note)] = true
	o := outliner{told: told, carries: len(e.Inner) > 0}
	o.add(e.Fields, nil, 0)
	return o.lines
}

// maxValue is how much of a value is printed, in bytes.
const maxValue = 2 << 10

// value gives what is printed of a field's value. A value of many lines is left
// out where the message carries what it says and that is printed below.
func (o *outliner) value(p *part) string {
	v := strings.TrimRight(p.Value, "\r\n")
	switch {
	case o.carries && strings.Contains(v, "\n"):
		return "…"
	case len(v) > maxValue:
		return cutRune(v[:maxValue]) + " …"
	default:
		return v
	}
}

type outliner struct {
	lines   []line
	told    map[string]bool
	carries bool
}

func (o *outliner) add(parts []part, parent *part, depth int) {
	for i := range parts {
		p := &parts[i]
		switch {
		case p.kind == field.Punctuation && p.Error == "":
		case p.repeats(parent, parts):
			o.add(p.Fields, p, depth)
		default:
			o.lines = append(o.lines, line{depth, p, o.value(p), o.hint(p)})
			o.add(p.Fields, p, depth+1)
		}
	}
}

// repeats tells whether a field says only what stands on its parent's line:
// the parent's name, or, where it is the parent's only part, its value.
func (p *part) repeats(parent *part, siblings []part) bool {
	if parent == nil || p.Error != "" {
		return false
	}
	if p.Value == parent.Name && len(p.Fields) == 0 {
		return true
	}
	said := 0
	for i := range siblings {
		s := &siblings[i]
		if s.kind != field.Punctuation && s.Value != parent.Name {
			said++
		}
	}
	return said == 1 && p.Value == parent.Value
}

func (o *outliner) hint(p *part) string {
	sentence := firstSentence(p.Note)
	if o.told[sentence] {
		return ""
	}
	o.told[sentence] = true
	return sentence
}

// firstSentence gives the part of a note that stands alone.
func firstSentence(text string) string {
	text, _, _ = strings.Cut(text, "\n\n")
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '.', '?', '!':
			rest := text[i+1:]
			if rest == "" || strings.HasPrefix(rest, " ") && !startsLower(rest[1:]) {
				return text[:i+1]
			}
		}
	}
	return text
}

// startsLower tells whether what follows a full stop goes on with the sentence,
// as after an abbreviation.
func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// cutRune takes away a character at the end that was cut in two.
func cutRune(s string) string {
	for i := len(s) - 1; i >= 0 && i > len(s)-utf8.UTFMax; i-- {
		if utf8.RuneStart(s[i]) {
			if !utf8.FullRuneInString(s[i:]) {
				return s[:i]
			}
			break
		}
	}
	return s
}
