// Package secret finds the secrets of a message and hides them: passwords,
// and what gives them away. Start with Of.
package secret

import (
	"slices"
	"strings"

	"surel/protocols/field"
)

// maskWidth is the width of every hidden secret, so that its length is hidden
// with it.
const maskWidth = 6

// Secrets are what must not be shown of a message.
type Secrets struct {
	spans []field.Span
	texts []string // as they stand on the wire, and decoded; the longest first
}

// Of finds the secrets of a message by its tree.
func Of(fields []field.Field, raw []byte) Secrets {
	var s Secrets
	field.Walk(fields, func(f *field.Field, _ int) {
		if f.Kind != field.Secret {
			return
		}
		start, end := f.Span.ByteRange()
		s.spans = append(s.spans, f.Span)
		s.note(string(raw[start:end]))
		s.note(f.Value)
	})
	s.sort()
	return s
}

// Add joins the secrets of a carried message: their texts are hidden, too. Its
// bytes are its own.
func (s *Secrets) Add(inner Secrets) {
	if len(inner.texts) > 0 {
		s.texts = append(s.texts, inner.texts...)
		s.sort()
	}
}

func (s *Secrets) note(text string) {
	if text != "" {
		s.texts = append(s.texts, text)
	}
}

func (s *Secrets) sort() {
	slices.SortStableFunc(s.texts, func(a, b string) int { return len(b) - len(a) })
}

// Hide gives the text with each secret in it replaced by signs.
func (s Secrets) Hide(text, sign string) string {
	for _, t := range s.texts {
		if strings.Contains(text, t) {
			text = strings.ReplaceAll(text, t, Mask(sign))
		}
	}
	return text
}

// Covers tells whether the i-th byte of the message, counted from 0, belongs
// to a secret.
func (s Secrets) Covers(i int) bool {
	return slices.ContainsFunc(s.spans, func(p field.Span) bool {
		start, end := p.ByteRange()
		return start <= i && i < end
	})
}

// Mask gives what stands in the place of a secret.
func Mask(sign string) string { return strings.Repeat(sign, maskWidth) }
