package lessons

import (
	"errors"
	"fmt"
	"strings"
)

// form reads a file of lines "HEAD: TEXT". A line that begins with a space goes on
// with the text above it; empty lines and lines that begin with "#" mean nothing.
type form struct {
	// texts says where the text of a line goes; nil for a head that there is not.
	texts func(head string) *string
	text  *string // where a continued line goes
}

func (f *form) read(line string) error {
	if err := safeLine(line); err != nil {
		return err
	}
	switch {
	case strings.TrimSpace(line) == "":
		f.text = nil
		return nil
	case line[0] == '#':
		return nil
	case line[0] == ' ' || line[0] == '\t':
		if f.text == nil {
			return errors.New("a line that begins with a space continues a text, and none stands above it; remove the space")
		}
		*f.text = unwrap(*f.text + " " + line)
		return nil
	}
	head, rest, ok := strings.Cut(line, ":")
	into := f.texts(head)
	if !ok || into == nil {
		return fmt.Errorf("%q begins no line of this file; the guide (surel lesson new: GUIDE.md, PANDUAN.md) names those that do", head)
	}
	if *into != "" {
		return errors.New("this text stands twice; to continue it, begin the next line with a space")
	}
	*into, f.text = unwrap(rest), into
	return nil
}

// safeLine refuses control characters in a line.
func safeLine(line string) error {
	if c, ok := controlIn(line); ok {
		return fmt.Errorf("the control character %q is not to be seen in a file; remove it", c)
	}
	return nil
}

// list gives the parts of a text between commas.
func list(text string) []string {
	var all []string
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}
