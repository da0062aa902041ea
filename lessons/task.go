package lessons

import (
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
	for i, c := range t.Checks {
		said := c.Kind == CheckSaid || c.Kind == CheckUnsaid
		if (said || c.Aim != Text{}) && (c.Aim.ID == "" || c.Aim.EN == "") {
			return Task{}, fmt.Errorf("%s: below check number %d the lines aim id: and aim en: are missing; they say in words what must be true", file, i+1)
		}
	}
	return t, nil
}

type taskParser struct {
	t     Task
	way   parser
	lines form // of the hints and the aims
	ours  bool // the line above was one of them, which may go on
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
	case (strings.HasPrefix(head, "hint ") || strings.HasPrefix(head, "aim ")) && len(p.way.s.Actions) == 0:
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
	if len(words) == 2 && words[0] == "aim" && len(p.t.Checks) > 0 {
		return in(&p.t.Checks[len(p.t.Checks)-1].Aim, words[1])
	}
	if len(words) != 3 {
		return nil
	}
	n, err := strconv.Atoi(words[1])
	if err != nil || n < 1 || n > len(p.t.Hints) {
		return nil
	}
	return in(&p.t.Hints[n-1], words[2])
}
