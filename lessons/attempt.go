package lessons

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sync"
	"time"

	"surel/protocols"
)

// Attempt watches whether a task is done. It is safe for concurrent use.
type Attempt struct {
	Task Task
	lab  Lab

	mu     sync.Mutex
	reader *protocols.Reader
	next   int       // the first entry of the reader that was not looked at
	begun  time.Time // what was said before does not count
	// known are the letters that do not count as new, by what is in them.
	known  map[[sha256.Size]byte]bool
	done   []bool   // of each check of what is said; of one of what is not, that it was
	nearly []string // the answer that came in place of the one that must
	paused bool
	last   []Finding // while it is paused
}

// Begin begins a task: the mailboxes that it names hold what it says, and what
// happens from here on counts.
func (t Task) Begin(ctx context.Context, lab Lab) (*Attempt, error) {
	if err := t.Way.fill(ctx, lab); err != nil {
		return nil, fmt.Errorf("begin %s: %w", t.ID, err)
	}
	t.Way.Mailboxes = nil // they are filled
	if t.Way.AsksNames() {
		lab.FlushNames()
	}
	a := &Attempt{
		Task: t, lab: lab, begun: time.Now(), known: map[[sha256.Size]byte]bool{},
		done: make([]bool, len(t.Checks)), nearly: make([]string, len(t.Checks)),
	}
	a.reader = protocols.NewReader(lab.Log(), nil)
	if err := a.passOver(); err != nil {
		return nil, fmt.Errorf("begin %s: %w", t.ID, err)
	}
	return a, nil
}

// Pause lets what happens from here on count for nothing, until Resume. What has
// happened before is looked at, and the error is one of that.
func (a *Attempt) Pause() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	last, err := a.look()
	if err != nil {
		return err
	}
	a.last, a.paused = last, true
	return nil
}

// Resume lets what happens count again. The error is one of the mailboxes.
func (a *Attempt) Resume() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.paused {
		return nil
	}
	a.paused, a.last = false, nil
	return a.passOver()
}

// passOver lets nothing count that is there by now.
func (a *Attempt) passOver() error {
	a.reader.Read()
	a.next = len(a.reader.Entries())
	for _, c := range a.Task.Checks {
		if c.Kind != CheckGains && c.Kind != CheckHas {
			continue
		}
		letters, err := a.lab.Letters(c.Address)
		if err != nil {
			return err
		}
		for _, l := range letters {
			a.known[sha256.Sum256(l)] = true
		}
	}
	return nil
}
