package lessons

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"surel/protocols"
	"surel/protocols/message"
	"surel/protocols/wire"
)

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
// While it is paused, it tells what was true before.
func (a *Attempt) Look() ([]Finding, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.paused {
		return slices.Clone(a.last), nil
	}
	return a.look()
}

func (a *Attempt) look() ([]Finding, error) {
	a.listen()
	all := make([]Finding, len(a.Task.Checks))
	for i, c := range a.Task.Checks {
		f := Finding{Check: c}
		var err error
		switch c.Kind {
		case CheckSaid:
			f.Done, f.Got = a.done[i], a.nearly[i]
		case CheckUnsaid:
			f.Done = !a.done[i]
		case CheckCached, CheckUncached:
			f.Done = a.lab.Remembers(c.Type, c.Name) == (c.Kind == CheckCached)
		case CheckFlag, CheckNoFlag, CheckHolds:
			err = a.lookInto(&f)
		case CheckGains, CheckHas:
			err = a.lookForNew(&f)
		}
		if err != nil {
			return nil, fmt.Errorf("look into the mailbox of %s: %w", c.Address, err)
		}
		all[i] = f
	}
	return all, nil
}

// lookForNew looks at the letters that have come.
func (a *Attempt) lookForNew(f *Finding) error {
	letters, err := a.lab.Letters(f.Check.Address)
	if err != nil {
		return err
	}
	for _, l := range letters {
		if a.known[sha256.Sum256(l)] {
			continue
		}
		f.Count++
		f.Done = f.Done || f.Check.Kind == CheckHas && bytes.Contains(l, []byte(f.Check.Has))
	}
	if f.Check.Kind == CheckGains {
		f.Done = f.Count >= f.Check.Count
	}
	return nil
}

// lookInto looks at what a folder holds.
func (a *Attempt) lookInto(f *Finding) error {
	letters, flags, err := a.lab.Folder(f.Check.Address, f.Check.Folder)
	if err != nil {
		return err
	}
	f.Count = len(letters)
	if f.Check.Kind == CheckHolds {
		f.Done = f.Count == f.Check.Count
		return nil
	}
	for i, l := range letters {
		if bytes.Contains(l, []byte(f.Check.Has)) {
			has := slices.ContainsFunc(strings.Fields(flags[i]), func(flag string) bool {
				return strings.EqualFold(flag, f.Check.Flag)
			})
			f.Done = has == (f.Check.Kind == CheckFlag)
		}
	}
	return nil
}

// Done tells whether all findings are.
func Done(findings []Finding) bool {
	return !slices.ContainsFunc(findings, func(f Finding) bool { return !f.Done })
}

// listen takes in what was said since it last did.
func (a *Attempt) listen() {
	a.reader.Read()
	entries := a.reader.Entries()
	for ; a.next < len(entries); a.next++ {
		e := entries[a.next]
		m := a.reader.Message(e)
		switch {
		case m.Time.Before(a.begun):
		case m.Dir == wire.ServerToClient:
			a.heard(e, m)
		default:
			a.blurted(e)
		}
	}
}

// blurted holds what a client has said in the clear against the checks of what must
// not be said so.
func (a *Attempt) blurted(e protocols.Entry) {
	for i, c := range a.Task.Checks {
		if c.Kind != CheckUnsaid || a.done[i] || a.reader.Protocol(e).ID != c.Protocol {
			continue
		}
		line, _ := lineOf(a.reader, e)
		a.done[i] = begins(strings.ToUpper(strings.TrimRight(line, "\r\n")), strings.ToUpper(c.Said))
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
