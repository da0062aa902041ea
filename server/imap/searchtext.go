package imap

import (
	"bytes"
	"io"
	"strings"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/mail"

	"surel/server/mailbox"
)

// candidate is a letter that a search looks at. Its text is read once, and only
// if somebody asks for it.
type candidate struct {
	view   *view
	place  int
	letter mailbox.Letter

	text   []byte
	header *message.Header
	parts  []string // the texts, decoded, in lower case
	opened bool
}

// read reads the letter and its header.
func (c *candidate) read() error {
	if c.header != nil {
		return nil
	}
	var err error
	if c.text, err = c.view.folder.Read(c.letter.UID); err != nil {
		return err
	}
	c.header = &message.Header{}
	head, _ := split(c.text)
	// A charset that is not known still leaves a header.
	if e, _ := message.Read(bytes.NewReader(head)); e != nil {
		*c.header = e.Header
	}
	return nil
}

// open decodes the letter's texts.
func (c *candidate) open() {
	if c.opened {
		return
	}
	c.opened = true
	e, _ := message.Read(bytes.NewReader(c.text))
	if e == nil || tooDeep(c.text) {
		c.parts = []string{strings.ToLower(string(c.text))}
		return
	}
	c.collect(e)
}

func (c *candidate) collect(e *message.Entity) {
	if multi := e.MultipartReader(); multi != nil {
		for {
			part, err := multi.NextPart()
			if part == nil {
				return // at the end, or where it cannot be read any further
			}
			if err == nil || message.IsUnknownCharset(err) || message.IsUnknownEncoding(err) {
				c.collect(part)
			}
		}
	}
	kind, _, _ := e.Header.ContentType()
	if kind == "" || strings.HasPrefix(kind, "text/") || strings.HasPrefix(kind, "message/") {
		text, _ := io.ReadAll(e.Body) // what can be decoded is searched
		c.parts = append(c.parts, strings.ToLower(string(text)))
	}
}

// matchText asks what only the letter's text tells.
func (p *prepared) matchText(c *candidate) (bool, error) {
	sent := !p.SentSince.IsZero() || !p.SentBefore.IsZero()
	if len(p.Header)+len(p.Body)+len(p.Text) == 0 && !sent {
		return true, nil
	}
	if err := c.read(); err != nil {
		return false, err
	}
	if sent {
		h := mail.Header{Header: *c.header}
		if t, err := h.Date(); err != nil || t.IsZero() || !onDays(t, p.SentSince, p.SentBefore) {
			return false, nil
		}
	}
	for _, want := range p.Header {
		if !fieldsContain(c.header.FieldsByKey(want.Key), want.Value) {
			return false, nil
		}
	}
	if len(p.Body)+len(p.Text) > 0 {
		c.open()
	}
	for _, want := range p.Body {
		if !c.contains(want) {
			return false, nil
		}
	}
	for _, want := range p.Text {
		if !fieldsContain(c.header.Fields(), want) && !c.contains(want) {
			return false, nil
		}
	}
	return true, nil
}

func (c *candidate) contains(want string) bool {
	want = strings.ToLower(want)
	for _, text := range c.parts {
		if strings.Contains(text, want) {
			return true
		}
	}
	return want == ""
}

// fieldsContain looks into header fields, encoded words decoded; an empty
// string asks only whether there is one (RFC 9051 §6.4.4).
func fieldsContain(fields message.HeaderFields, want string) bool {
	want = strings.ToLower(want)
	for fields.Next() {
		text, err := fields.Text()
		if err != nil {
			text = fields.Value()
		}
		if strings.Contains(strings.ToLower(text), want) {
			return true
		}
	}
	return false
}
