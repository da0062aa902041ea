package imap

import (
	"bytes"
	"io"
	"strings"

	"github.com/emersion/go-message"

	"surel/server/mailbox"
)

// candidate is a letter that a search looks at. Its text is read once, and only
// if somebody asks for it.
type candidate struct {
	view   *view
	place  int
	letter mailbox.Letter

	head  []byte
	parts []string // the texts, decoded, in lower case; nil: not opened yet
}

// read reads the header.
func (c *candidate) read() (err error) {
	if c.head == nil {
		c.head, err = c.view.folder.ReadHead(c.letter.UID)
		c.head, _ = split(c.head)
	}
	return err
}

// open decodes the letter's texts.
func (c *candidate) open() error {
	if c.parts != nil {
		return nil
	}
	text, err := c.view.folder.Read(c.letter.UID)
	if err != nil {
		return err
	}
	c.parts = []string{}
	e, _ := message.Read(bytes.NewReader(text))
	if e == nil || tooDeep(text) {
		c.parts = append(c.parts, strings.ToLower(string(text)))
		return nil
	}
	c.collect(e)
	return nil
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
		if !sentOn(c.head, p.SentSince, p.SentBefore) {
			return false, nil
		}
	}
	for _, want := range p.Header {
		if !fieldsContain(c.head, want.Key, want.Value) {
			return false, nil
		}
	}
	if len(p.Body)+len(p.Text) > 0 {
		if err := c.open(); err != nil {
			return false, err
		}
	}
	for _, want := range p.Body {
		if !c.contains(want) {
			return false, nil
		}
	}
	for _, want := range p.Text {
		if !fieldsContain(c.head, "", want) && !c.contains(want) {
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
