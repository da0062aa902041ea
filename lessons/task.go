package lessons

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Task is something that the student does by hand, in any way that is right.
type Task struct {
	// ID is the lesson's and its own name, such as "smtp/first-letter".
	ID string
	// Way is the intended way as a scenario. Its title and introduction say what to
	// do, its clients from where, and its mailboxes what there is at the start.
	Way Scenario
	// Hints are three, the weakest first.
	Hints [3]Text
	// Checks are what must be true once it is done.
	Checks []Check
	// Wrong are lines to type that must not do it.
	Wrong []string
}

// CheckKind is the kind of a check.
type CheckKind uint8

// The kinds of checks.
const (
	CheckGains CheckKind = iota + 1 // so many letters have come
	CheckHolds                      // so many letters are in INBOX
	CheckHas                        // a letter that has come holds the text
	CheckSaid                       // a client has said something, and the server answered so
)

// Check is one thing that must be true of the lab.
type Check struct {
	Kind CheckKind
	// Address is the mailbox's; Count how many letters it is about.
	Address string
	Count   int
	// Protocol is the ID of what is spoken. Said is what a client says in
	// capitals or not, and Answer what the server answers; "*" stands for any text in them. Has is the text of a
	// CheckHas.
	Protocol, Said, Answer, Has string
}

// ParseTask reads a task: a scenario with lines that only tasks have. Its errors
// begin with the file and the line, and say what to write instead. The task has no
// ID yet; the place of its file gives it.
func ParseTask(file string, text []byte) (Task, error) {
	p := taskParser{way: parser{s: Scenario{File: file}}}
	p.lines.texts = p.texts
	if err := readLines(file, text, p.read); err != nil {
		return Task{}, err
	}
	if err := p.way.s.check(); err != nil {
		return Task{}, fmt.Errorf("%s:%w", file, err)
	}
	t := p.t
	t.Way = p.way.s
	for i, h := range t.Hints {
		if h.ID == "" || h.EN == "" {
			return Task{}, fmt.Errorf("%s: the lines hint %d id: and hint %[2]d en: are missing", file, i+1)
		}
	}
	if len(t.Checks) == 0 {
		return Task{}, fmt.Errorf("%s: a line check: is missing", file)
	}
	return t, nil
}

type taskParser struct {
	t     Task
	way   parser
	lines form // of the hints
	ours  bool // the line above was a hint, which may go on
}

// read gives a line to what reads it: those of tasks here, the others to the
// scenario.
func (p *taskParser) read(line string) error {
	p.way.line++
	goesOn := line != "" && (line[0] == ' ' || line[0] == '\t')
	head, rest, _ := strings.Cut(line, ":")
	switch {
	case goesOn && p.ours:
		return p.lines.read(line)
	case strings.HasPrefix(head, "hint ") && len(p.way.s.Actions) == 0:
		p.ours = true
		return p.lines.read(line)
	}
	p.ours = false
	switch head {
	case "check":
		c, err := parseCheck(strings.TrimSpace(rest))
		p.t.Checks = append(p.t.Checks, c)
		return err
	case "wrong":
		p.t.Wrong = append(p.t.Wrong, strings.TrimPrefix(rest, " "))
		return nil
	}
	return p.way.read(line)
}

func (p *taskParser) texts(head string) *string {
	words := strings.Fields(head)
	if len(words) != 3 {
		return nil
	}
	n, err := strconv.Atoi(words[1])
	if err != nil || n < 1 || n > len(p.t.Hints) {
		return nil
	}
	return in(&p.t.Hints[n-1], words[2])
}

var errCheck = errors.New(`write one of: mailbox ADDRESS gains N; mailbox ADDRESS holds N; letter ADDRESS "TEXT"; said PROTOCOL "TEXT" answered "TEXT"`)

// parseCheck reads what stands behind "check:".
func parseCheck(text string) (Check, error) {
	words := strings.Fields(text)
	if len(words) < 3 {
		return Check{}, errCheck
	}
	switch words[0] {
	case "mailbox":
		kind, ok := map[string]CheckKind{"gains": CheckGains, "holds": CheckHolds}[words[2]]
		if !ok || len(words) != 4 {
			return Check{}, errCheck
		}
		n, err := strconv.Atoi(words[3])
		if err != nil {
			return Check{}, errCheck
		}
		return Check{Kind: kind, Address: words[1], Count: n}, nil
	case "letter":
		_, rest, _ := strings.Cut(text, words[1])
		has, err := quoted(rest)
		return Check{Kind: CheckHas, Address: words[1], Has: has}, err
	case "said":
		_, rest, _ := strings.Cut(text, words[1])
		said, answer, ok := strings.Cut(rest, `" answered "`)
		if !ok {
			return Check{}, errCheck
		}
		c := Check{Kind: CheckSaid, Protocol: words[1]}
		var err error
		if c.Said, err = quoted(said + `"`); err != nil {
			return Check{}, err
		}
		c.Answer, err = quoted(`"` + answer)
		return c, err
	}
	return Check{}, errCheck
}
