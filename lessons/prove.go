package lessons

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Prove tries the task on a lab: it must begin undone, the lines that must not do it
// must not, and the intended way must. The error says which of it is not so, and what
// to do.
func (t Task) Prove(ctx context.Context, lab Lab) error {
	if err := t.tryWrong(ctx, lab); err != nil {
		return err
	}
	a, err := t.Begin(ctx, lab)
	if err != nil {
		return err
	}
	result, err := Run(ctx, lab, a.Task.Way)
	if err != nil {
		return err
	}
	if result.Mismatch != nil {
		return fmt.Errorf("the intended way does not go as it is written: %w", result.Mismatch)
	}
	return a.await(ctx)
}

// tryWrong holds that the task is not done at its beginning, nor by what must not do
// it.
func (t Task) tryWrong(ctx context.Context, lab Lab) error {
	a, err := t.Begin(ctx, lab)
	if err != nil {
		return err
	}
	findings, err := a.Look()
	if err != nil {
		return err
	}
	if Done(findings) {
		return errors.New("it is done before anything was; add a check: that is not true at the beginning")
	}
	r := NewRunner(lab, a.Task.Way)
	defer r.Close()
	for _, line := range t.Wrong {
		if err := r.Type(ctx, []byte(line+"\r\n")); err != nil {
			break // the server may hang up, which is an answer
		}
	}
	if findings, err = a.Look(); err != nil {
		return err
	}
	if Done(findings) {
		return errors.New("the lines wrong: do it; make its checks stricter, or change the lines")
	}
	return nil
}

// await waits until the task is done, as long as a delivery may take.
func (a *Attempt) await(ctx context.Context) error {
	f := a.lab.Log().Follow()
	defer f.Stop()
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	late := time.NewTimer(patience)
	defer late.Stop()
	for {
		findings, err := a.Look()
		if err != nil || Done(findings) {
			return err
		}
		select {
		case <-f.C:
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		case <-late.C:
			return fmt.Errorf("the intended way does not do it: %s", undone(findings))
		}
	}
}

// undone names the first check that is not true.
func undone(findings []Finding) string {
	for i, f := range findings {
		if !f.Done {
			return fmt.Sprintf("check number %d is not true (letters: %d, answer: %q)", i+1, f.Count, f.Got)
		}
	}
	return ""
}
