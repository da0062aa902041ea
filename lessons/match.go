package lessons

import (
	"fmt"
	"strings"
)

// Mismatch says that something else came of an action than the scenario
// expects.
type Mismatch struct {
	// File and Line are where the scenario says what it expects.
	File string
	Line int
	// Action is what was done.
	Action Action
	// Expected is the expectation as it stands in the scenario; Got is what
	// came instead. Got may hold any bytes: whoever draws it escapes it.
	Expected, Got string
}

// Error gives the place, what was done, what was expected and what came.
func (m *Mismatch) Error() string {
	return fmt.Sprintf("%s:%d: after %q the scenario expects %q, but got %q",
		m.File, m.Line, m.Action.title(), m.Expected, m.Got)
}

// title gives an action in one line.
func (a *Action) title() string {
	if a.Kind != Send {
		return a.Kind.String()
	}
	if len(a.Lines) == 1 {
		return a.Lines[0].String()
	}
	return fmt.Sprintf("%s (and %d more)", a.Lines[0], len(a.Lines)-1)
}

// untaggedMark begins IMAP's responses that carry no command's tag.
const untaggedMark = "* "

// matches tells whether one line of the reply begins with the words of the
// pattern, in which "*" stands for any text, unless it is an untagged mark.
func matches(pattern string, reply []byte) bool {
	for line := range strings.Lines(string(reply)) {
		line = strings.TrimRight(line, "\r\n")
		// RFC 5321 §4.2.1: a hyphen behind the code says that more lines follow.
		if len(line) > 3 && line[3] == '-' && isCode(line[:3]) {
			line = line[:3] + " " + line[4:]
		}
		if mark, rest := cutMark(pattern); strings.HasPrefix(line, mark) && begins(line[len(mark):], rest) {
			return true
		}
	}
	return false
}

// cutMark takes an untagged mark off the pattern.
func cutMark(pattern string) (mark, rest string) {
	if rest, ok := strings.CutPrefix(pattern, untaggedMark); ok {
		return untaggedMark, rest
	}
	return "", pattern
}

func isCode(s string) bool {
	return len(s) == 3 && strings.Trim(s, "0123456789") == ""
}

// begins tells whether the line begins with the pattern, and the pattern does
// not end within a word.
func begins(line, pattern string) bool {
	head, tail, star := strings.Cut(pattern, "*")
	if !strings.HasPrefix(line, head) {
		return false
	}
	rest := line[len(head):]
	if !star {
		return rest == "" || rest[0] == ' '
	}
	for i := range len(rest) + 1 {
		if begins(rest[i:], tail) {
			return true
		}
	}
	return false
}
