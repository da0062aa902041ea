package lessons

import (
	"context"
	"fmt"
	"time"

	"surel/protocols"
)

// Attempt watches whether a task is done. It is not safe for concurrent use.
type Attempt struct {
	Task   Task
	lab    Lab
	reader *protocols.Reader
	next   int       // the first entry of the reader that was not looked at
	begun  time.Time // what was said before does not count
	before map[string]int
	done   []bool   // of each check of what is said; of one of what is not, that it was
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
	a.reader.Read()
	a.next = len(a.reader.Entries())
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
