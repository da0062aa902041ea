package prompt

import (
	"regexp"
	"strings"
)

// SetTag gives the tag with which the next command can begin; empty for a
// protocol whose commands have none. It stands in the prompt until a person
// types another.
func (m *Model) SetTag(tag string) {
	m.tag = tag
	m.fill()
}

// fill puts the tag into an empty prompt, and takes it out where no command
// is expected. The tag that it has put in goes along with the conversation also
// where a command stands behind it already.
func (m *Model) fill() {
	value := m.input.Value()
	typed, ours := strings.CutPrefix(value, m.filled)
	if !ours || m.filled == "" && typed != "" && !m.lifted {
		return
	}
	was := m.filled != "" || m.lifted
	m.filled, m.lifted = "", false
	if m.tag != "" && m.expectsCommands() {
		m.filled = m.tag + " "
	} else {
		m.lifted = was && typed != ""
	}
	if now := m.filled + typed; now != value || now == "" {
		m.input.SetValue(now)
	}
}

// ownTag is a line that begins with a tag.
var ownTag = regexp.MustCompile(`^[A-Za-z]*[0-9]+ `)

// giveWay takes out the tag that the prompt has put in where a person has typed one
// behind it, as in the lines of a book.
func (m *Model) giveWay() {
	typed, ours := strings.CutPrefix(m.input.Value(), m.filled)
	if m.filled != "" && ours && ownTag.MatchString(typed) {
		m.filled = ""
		m.input.SetValue(typed)
	}
}

// split cuts what is typed into the tag, with its space, and the command. Only
// a protocol with tags has one.
func (m *Model) split() (tag, command string) {
	line := m.input.Value()
	if m.tag == "" {
		return "", line
	}
	if i := strings.IndexByte(line, ' '); i >= 0 {
		return line[:i+1], line[i+1:]
	}
	return line, ""
}

// untagged tells whether the line begins with a command where its tag should
// stand.
func (m *Model) untagged() bool {
	word, _, _ := strings.Cut(strings.ToUpper(m.input.Value()), " ")
	for _, v := range m.verbs {
		if m.tag != "" && v.Name == word {
			return true
		}
	}
	return false
}
