package report

import (
	"bytes"
	"slices"
	"strings"

	"surel/protocols/field"
	"surel/protocols/message"
)

// mask stands in the place of a secret's value, whatever its length.
const mask = "••••"

// secrets are what must not be printed of a message.
type secrets struct {
	spans []field.Span
	// texts are the secrets as they stand on the wire and as they were
	// decoded, the longest first: one can be part of another.
	texts []string
	// carried are those of texts that belong to messages inside.
	carried []string
}

// secretsOf finds the secrets of a message by its tree.
func secretsOf(fields []field.Field, raw []byte) secrets {
	var s secrets
	field.Walk(fields, func(f *field.Field, _ int) {
		if f.Kind != field.Secret {
			return
		}
		s.spans = append(s.spans, f.Span)
		start, end := f.Span.ByteRange()
		for _, text := range []string{f.Value, string(raw[start:end])} {
			if text != "" {
				s.texts = append(s.texts, text)
			}
		}
	})
	s.sort()
	return s
}

// secretsWithin finds the secrets of a message and of all that it carries.
func secretsWithin(m *message.Message) secrets {
	s := secretsOf(m.Fields(), m.Raw)
	inner := m.Inner()
	for i := range inner {
		s = s.with(secretsWithin(&inner[i]))
	}
	return s
}

// with joins the secrets of a message that is carried inside. Its spans are
// its own.
func (s secrets) with(inner secrets) secrets {
	s.texts = append(s.texts, inner.texts...)
	s.carried = append(s.carried, inner.texts...)
	s.sort()
	return s
}

func (s *secrets) sort() {
	longestFirst := func(a, b string) int { return len(b) - len(a) }
	slices.SortStableFunc(s.texts, longestFirst)
	slices.SortStableFunc(s.carried, longestFirst)
}

// in tells whether a secret lies in the span, or the message carries one.
func (s secrets) in(span field.Span) bool {
	if len(s.spans) == 0 {
		return len(s.texts) > 0
	}
	return slices.ContainsFunc(s.spans, span.Contains)
}

// maskText hides the secrets in a text that may repeat them.
func (s secrets) maskText(text string) string {
	for _, secret := range s.texts {
		text = strings.ReplaceAll(text, secret, mask)
	}
	return text
}

// maskBytes gives the bytes of the message with an asterisk for every byte of
// a secret.
func (s secrets) maskBytes(raw []byte) []byte {
	if len(s.texts) == 0 {
		return raw
	}
	masked := bytes.Clone(raw)
	for _, span := range s.spans {
		start, end := span.ByteRange()
		for i := start; i < end; i++ {
			masked[i] = '*'
		}
	}
	for _, secret := range s.carried {
		masked = bytes.ReplaceAll(masked, []byte(secret), bytes.Repeat([]byte("*"), len(secret)))
	}
	return masked
}
