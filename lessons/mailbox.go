package lessons

import (
	"bytes"
	"context"
	"fmt"
	"time"
)

// lookAgain is how often a mailbox is looked into while the log is silent.
const lookAgain = 50 * time.Millisecond

// countLetters counts the letters in the mailboxes that the scenario watches.
func (s *Scenario) countLetters(lab Lab) (map[string]int, error) {
	count := map[string]int{}
	for i := range s.Actions {
		for _, e := range s.Actions[i].Expects {
			if e.Kind != Gains {
				continue
			}
			letters, err := lab.Letters(e.Address)
			if err != nil {
				return nil, fmt.Errorf("look into the mailbox of %s: %w", e.Address, err)
			}
			count[e.Address] = len(letters)
		}
	}
	return count, nil
}

// awaitLetters waits until a mailbox is as expected and gives what is there
// where that does not come.
func (r *Runner) awaitLetters(ctx context.Context, a *Action, e *Expectation) (string, error) {
	if a.Kind == Close { // what the server makes of it shows at its end
		if err := r.settle(ctx, r.Conns()); err != nil {
			return "", err
		}
	}
	f := r.lab.Log().Follow()
	defer f.Stop()
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	late := time.NewTimer(r.patience)
	defer late.Stop()
	for {
		got, err := r.look(e)
		if err != nil || got == "" {
			return "", err
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-late.C:
			return got, nil
		case <-f.C:
		case <-tick.C:
		}
	}
}

// look compares a mailbox with what is expected and gives the difference.
func (r *Runner) look(e *Expectation) (string, error) {
	letters, err := r.lab.Letters(e.Address)
	if err != nil {
		return "", fmt.Errorf("look into the mailbox of %s: %w", e.Address, err)
	}
	switch n := len(letters); {
	case e.Kind == Gains && n-r.before[e.Address] != e.Count:
		return fmt.Sprintf("%d more than before", n-r.before[e.Address]), nil
	case e.Kind == Counts && n != e.Count:
		return fmt.Sprintf("%d letters", n), nil
	case e.Kind != Holds:
		return "", nil
	case n == 0:
		return "the mailbox is empty", nil
	}
	if newest := letters[len(letters)-1]; !bytes.Contains(newest, []byte(e.Text)) {
		return string(newest), nil
	}
	return "", nil
}
