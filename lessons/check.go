package lessons

import (
	"errors"
	"fmt"
)

// check tells whether the scenario is whole. The error begins with the line.
func (s *Scenario) check() error {
	for _, t := range []struct{ name, text string }{
		{"title id", s.Title.ID},
		{"title en", s.Title.EN},
		{"intro id", s.Intro.ID},
		{"intro en", s.Intro.EN},
	} {
		if t.text == "" {
			return fmt.Errorf("1: %s is missing; add a line %q", t.name, t.name+": …")
		}
	}
	if len(s.Actions) == 0 {
		return errors.New("1: there is no action; add captions and open")
	}
	open := map[string]bool{}
	for i := range s.Actions {
		a := &s.Actions[i]
		if a.Caption.ID == "" || a.Caption.EN == "" {
			return fmt.Errorf("%d: the action needs a caption in both languages; add the lines id: … and en: …", a.Line)
		}
		switch {
		case a.Kind == 0:
			return fmt.Errorf("%d: the caption has no action; add what the client does below it", a.Line)
		case s.asks(a.Client):
			if err := a.checkQuestion(); err != nil {
				return fmt.Errorf("%d: %w", a.Line, err)
			}
		case a.Kind == Open && open[a.Client]:
			return fmt.Errorf("%d: %s has a connection already; close it first", a.Line, a.Client)
		case a.Kind != Open && a.Kind != Wait && !open[a.Client]:
			return fmt.Errorf("%d: %s has no connection; put an action open before this one", a.Line, a.Client)
		}
		open[a.Client] = a.after(open[a.Client])
	}
	return nil
}

// after tells whether the client has a connection after the action.
func (a *Action) after(open bool) bool {
	open = a.Kind == Open || open && a.Kind != Close
	for _, e := range a.Expects {
		if e.Kind == Closed || e.Kind == Fails {
			open = false
		}
	}
	return open
}

// checkQuestion tells whether an action of a client of DNS is one question.
func (a *Action) checkQuestion() error {
	switch {
	case a.Kind == Wait:
		return nil
	case a.Kind != Send || len(a.Lines) != 1:
		return errors.New("a client of DNS asks: write one line C: with a question such as MX sekolah.test")
	}
	_, err := ParseQuestion(a.Lines[0].Text)
	return err
}
