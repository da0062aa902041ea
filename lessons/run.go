package lessons

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"surel/protocols/wire"
)

// Result is what a run of a scenario has left.
type Result struct {
	// Conns are its connections in the lab's log, in the order of opening: its
	// clients', and those between servers that hand letters on.
	Conns []wire.ConnID
	// Mismatch is where it left the script, and ended; nil where all came as
	// expected.
	Mismatch *Mismatch
}

// Run plays the whole scenario against the lab and closes its connections. A
// run that gets something else than the scenario expects ends there and is no
// error; an error says that it could not be played.
func Run(ctx context.Context, lab Lab, s Scenario) (Result, error) {
	r := NewRunner(lab, s)
	defer r.Close()
	return r.Play(ctx)
}

// Play carries out what is left of the script, as Run does, and ends the run.
func (r *Runner) Play(ctx context.Context) (Result, error) {
	var result Result
	var err error
	for err == nil && !r.Done() {
		err = r.Next(ctx)
	}
	if err == nil {
		err = r.nothingLeft()
	}
	r.Close()
	result.Conns = r.caused()
	if errors.As(err, &result.Mismatch) {
		err = nil
	}
	if err == nil {
		err = r.settle(ctx, result.Conns)
	}
	if err != nil {
		return result, fmt.Errorf("run %s: %w", r.scenario.name(), err)
	}
	return result, nil
}

// nothingLeft holds that no reply is left that the script does not name.
func (r *Runner) nothingLeft() error {
	for i := range slices.Backward(r.scenario.Actions) {
		a := &r.scenario.Actions[i]
		if c := r.connection(a.Client); c != nil {
			if err := r.unnamed(c, a); err != nil {
				return err
			}
		}
	}
	return nil
}

// settle waits, for a while, until the log holds the end of the connections.
func (r *Runner) settle(ctx context.Context, ids []wire.ConnID) error {
	f := r.lab.Log().Follow()
	defer f.Stop()
	late := time.NewTimer(r.patience)
	defer late.Stop()
	for _, id := range ids {
		for c, ok := r.lab.Log().Conn(id); ok && c.Closed.IsZero(); c, ok = r.lab.Log().Conn(id) {
			select {
			case <-f.C:
			case <-late.C:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
	return nil
}
