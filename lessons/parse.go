package lessons

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Parse reads a scenario. Its errors begin with the file and the line, and say
// what to write instead. The scenario has no ID yet; the place of its file
// gives it.
func Parse(file string, text []byte) (Scenario, error) {
	p := parser{s: Scenario{File: file}}
	read := func(line string) error {
		p.line++
		return p.read(line)
	}
	if err := readLines(file, text, read); err != nil {
		return Scenario{}, err
	}
	if err := p.s.check(); err != nil {
		return Scenario{}, fmt.Errorf("%s:%w", file, err)
	}
	return p.s, nil
}

// readLines gives each line of a file to what reads it. Errors begin with the file
// and the line.
func readLines(file string, text []byte, read func(line string) error) error {
	if !utf8.Valid(text) {
		return fmt.Errorf("%s: save the file as UTF-8; bytes that are not go in C raw: lines", file)
	}
	n := 0
	for line := range strings.SplitSeq(string(text), "\n") {
		n++
		if err := read(strings.TrimSuffix(line, "\r")); err != nil {
			return fmt.Errorf("%s:%d: %w", file, n, err)
		}
	}
	return nil
}

// parser reads one line after another.
type parser struct {
	s    Scenario
	line int
	// text is where a continued line goes.
	text *string
	// as names the client of the actions that follow.
	as string
}

// read takes in one line.
func (p *parser) read(line string) error {
	if c, ok := controlIn(line); ok {
		return fmt.Errorf("the control character %q is not to be seen in a file; write it in a C raw: line", c)
	}
	switch {
	case strings.TrimSpace(line) == "":
		p.text = nil
		return nil
	case line[0] == '#':
		return nil
	case line[0] == ' ' || line[0] == '\t':
		return p.continued(line)
	}
	p.text = nil
	if head, rest, ok := strings.Cut(line, ":"); ok {
		if read, ok := p.labelled(head); ok {
			return read(rest)
		}
	}
	return p.word(line)
}

// labelled finds what reads a line that begins with "HEAD:".
func (p *parser) labelled(head string) (func(rest string) error, bool) {
	switch head {
	case "title id":
		return p.prose(&p.s.Title.ID), true
	case "title en":
		return p.prose(&p.s.Title.EN), true
	case "intro id":
		return p.prose(&p.s.Intro.ID), true
	case "intro en":
		return p.prose(&p.s.Intro.EN), true
	case "id", "en":
		return p.caption(head), true
	case "C":
		return p.sent(plainLine), true
	case "C raw":
		return p.sent(rawLine), true
	case "C fill":
		return p.sent(fillLine), true
	case "S":
		return p.reply, true
	}
	if name, ok := strings.CutPrefix(head, "client "); ok {
		return func(rest string) error { return p.client(name, rest) }, true
	}
	if name, ok := strings.CutPrefix(head, "mailbox "); ok {
		return func(rest string) error { return p.mailbox(name, rest) }, true
	}
	return nil, false
}

// prose reads a text of the scenario's head.
func (p *parser) prose(into *string) func(string) error {
	return func(rest string) error {
		if len(p.s.Actions) > 0 {
			return errors.New("titles and introductions stand before the first action; move it up")
		}
		return p.fill(into, rest)
	}
}

// fill starts a text, which further lines may continue.
func (p *parser) fill(into *string, rest string) error {
	if *into != "" {
		return errors.New("this text stands twice; to continue it, begin the next line with a space")
	}
	*into, p.text = unwrap(rest), into
	return nil
}

func (p *parser) continued(line string) error {
	if p.text == nil {
		return errors.New("a line that begins with a space continues a title, an introduction or a caption, and none stands above it; remove the space")
	}
	*p.text = unwrap(*p.text + " " + line)
	return nil
}

// unwrap puts one space between words.
func unwrap(s string) string { return strings.Join(strings.Fields(s), " ") }

// controlIn finds the first control character of a line that is no tab.
func controlIn(line string) (rune, bool) {
	i := strings.IndexFunc(line, func(c rune) bool { return c < ' ' && c != '\t' || c >= 0x7f && c < 0xa0 })
	if i < 0 {
		return 0, false
	}
	c, _ := utf8.DecodeRuneInString(line[i:])
	return c, true
}
