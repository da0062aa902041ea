package lessons

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"surel/protocols"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// Attempt watches whether a task is done. It is not safe for concurrent use.
type Attempt struct {
	Task   Task
	lab    Lab
	reader *protocols.Reader
	next   int       // the first entry of the reader that was not looked at
	begun  time.Time // what was said before does not count
	before map[string]int
	done   []bool   // of each check of what is said
	nearly []string // the answer that came in place of the one that must
}

// Begin begins a task: the mailboxes that it names hold what it says, and what
// happens from here on counts.
func (t Task) Begin(ctx context.Context, lab Lab) (*Attempt, error) {
	if err := t.Way.fill(ctx, lab); err != nil {
		return nil, fmt.Errorf("begin %s: %w", t.ID, err)
	}
	t.Way.Mailboxes = nil // they are filled
	a := &Attempt{
		Task: t, lab: lab, begun: time.Now(), before: map[string]int{},
		done: make([]bool, len(t.Checks)), nearly: make([]string, len(t.Checks)),
	}
	a.reader = protocols.NewReader(lab.Log(), nil)
	for _, c := range t.Checks {
		if c.Address == "" {
			continue
		}
		letters, err := lab.Letters(c.Address)
		if err != nil {
			return nil, fmt.Errorf("begin %s: %w", t.ID, err)
		}
		a.before[c.Address] = len(letters)
	}
	return a, nil
}

// Finding is what was found of a check.
type Finding struct {
	Check Check
	Done  bool
	// Count is how many letters there are, or have come.
	Count int
	// Got is what the server answered in place of what it must; empty where the
	// client has not said it yet. It may hold any bytes: whoever draws it escapes
	// it.
	Got string
}

// Look tells for each check what is true by now. The task is done once all are.
func (a *Attempt) Look() ([]Finding, error) {
	a.listen()
	all := make([]Finding, len(a.Task.Checks))
	for i, c := range a.Task.Checks {
		f := Finding{Check: c}
		if c.Kind == CheckSaid {
			f.Done, f.Got = a.done[i], a.nearly[i]
			all[i] = f
			continue
		}
		letters, err := a.lab.Letters(c.Address)
		if err != nil {
			return nil, fmt.Errorf("look into the mailbox of %s: %w", c.Address, err)
		}
		came := max(len(letters)-a.before[c.Address], 0)
		switch c.Kind {
		case CheckGains:
			f.Count, f.Done = came, came >= c.Count
		case CheckHolds:
			f.Count, f.Done = len(letters), len(letters) == c.Count
		case CheckHas:
			f.Count = came
			for _, l := range letters[len(letters)-came:] {
				f.Done = f.Done || bytes.Contains(l, []byte(c.Has))
			}
		case CheckSaid:
		}
		all[i] = f
	}
	return all, nil
}

// Done tells whether all findings are.
func Done(findings []Finding) bool {
	for _, f := range findings {
		if !f.Done {
			return false
		}
	}
	return true
}

// listen takes in what was said since it last did.
func (a *Attempt) listen() {
	a.reader.Read()
	entries := a.reader.Entries()
	for ; a.next < len(entries); a.next++ {
		e := entries[a.next]
		m := a.reader.Message(e)
		if m.Dir != wire.ServerToClient || m.Time.Before(a.begun) {
			continue
		}
		a.heard(e, m)
	}
}

// heard holds an answer against the checks.
func (a *Attempt) heard(e protocols.Entry, m *message.Message) {
	for i, c := range a.Task.Checks {
		if c.Kind != CheckSaid || a.done[i] {
			continue
		}
		answer, protocol := lineOf(a.reader, e)
		if protocol != c.Protocol {
			continue
		}
		switch {
		case !answers(a.reader, e, c.Said, a.begun):
		case matches(c.Answer, []byte(answer)):
			a.done[i], a.nearly[i] = true, ""
		case m.Answers != 0 && c.Said != "":
			a.nearly[i] = answer
		}
	}
}
