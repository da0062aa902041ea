package report

import (
	"strings"

	"surel/protocols/field"
)

// line is a field in the outline that Text and Markdown print: the fields that
// say something, with what their notes say where it was not said before.
type line struct {
	depth int
	part  *part
	// hint is the first sentence of the field's note; empty where it stands
	// above already.
	hint string
}

// outline lists the fields of an entry in reading order. told holds the keys
// of the notes that have been given, and takes in those that are given now.
func outline(parts []part, told map[string]bool) []line {
	o := outliner{told: told}
	o.add(parts, nil, 0)
	return o.lines
}

type outliner struct {
	lines []line
	told  map[string]bool
}

func (o *outliner) add(parts []part, parent *part, depth int) {
	for i := range parts {
		p := &parts[i]
		switch {
		case p.kind == field.Punctuation && p.Error == "":
		case p.repeats(parent, parts):
			o.add(p.Fields, p, depth)
		default:
			o.lines = append(o.lines, line{depth, p, o.hint(p)})
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
	if p.key == "" || o.told[p.key] {
		return ""
	}
	o.told[p.key] = true
	return firstSentence(p.Note)
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
func startsLower(s string) bool { return s != "" && 'a' <= s[0] && s[0] <= 'z' }
