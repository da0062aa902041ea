package lessons

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"surel/protocols"
	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// Enacted is what came of a question that was run for real.
type Enacted struct {
	// Message is the one of a FindByte, and Span the field's place in it.
	Message *message.Message
	Span    field.Span
	// Answer is the server's to an Answering. It may hold any bytes: whoever draws it
	// escapes it.
	Answer string
}

// Enact runs the scenario of a question against the lab and gives what the question
// is about; of several answers the one that the question names. Where it does not come of it, that is an error.
func (q *QuizItem) Enact(ctx context.Context, lab Lab) (Enacted, error) {
	s, ok := Find(q.Scenario)
	if !ok {
		return Enacted{}, fmt.Errorf("%s: there is no scenario %q", q.ID, q.Scenario)
	}
	result, err := Run(ctx, lab, s)
	if err != nil {
		return Enacted{}, fmt.Errorf("%s: %w", q.ID, err)
	}
	r := protocols.NewReader(lab.Log(), func(c wire.Conn) bool { return slices.Contains(result.Conns, c.ID) })
	r.Read()
	other := "" // an answer that the question does not name, where nothing better comes
	for _, e := range r.Entries() {
		m := r.Message(e)
		line, _ := lineOf(r, e)
		switch q.Kind {
		case FindByte:
			if strings.Contains(line, q.Evidence.Line) {
				if in, span, ok := holder(m, q.Evidence.Field); ok {
					return Enacted{Message: in, Span: span}, nil
				}
			}
		case Answering:
			if m.Dir != wire.ServerToClient || !answers(r, e, q.Said, time.Time{}) {
				continue
			}
			if matches(q.Answer, []byte(line)) {
				return Enacted{Answer: line}, nil
			}
			if other == "" {
				other = line
			}
		case Single, Multiple, Ordering: // nothing of them is run
		}
	}
	if other != "" {
		return Enacted{Answer: other}, nil
	}
	return Enacted{}, fmt.Errorf("%s: the scenario %s does not show it", q.ID, q.Scenario)
}

// Prove runs a question on a lab where it is about what is run for real, and says what
// is not as the question says.
func (q *QuizItem) Prove(ctx context.Context, lab Lab) error {
	if q.Kind != FindByte && q.Kind != Answering {
		return nil
	}
	e, err := q.Enact(ctx, lab)
	switch {
	case err != nil:
		return err
	case q.Kind == Answering && !q.Answers(e):
		return fmt.Errorf("%s: the server answers %q, and the question says %q; mend its line answered", q.ID, e.Answer, q.Answer)
	case q.Kind == FindByte && e.Span.Len() == 0:
		return fmt.Errorf("%s: the field %s has no byte that could be chosen; name another", q.ID, q.Evidence.Field)
	}
	return nil
}

// holder finds the first field with a name in a message, or in one that it carries,
// and the message in whose bytes it lies.
func holder(m *message.Message, name string) (in *message.Message, span field.Span, ok bool) {
	field.Walk(m.Fields(), func(f *field.Field, _ int) {
		if !ok && f.Name == name {
			span, ok = f.Span, true
		}
	})
	if ok {
		return m, span, true
	}
	inner := m.Inner()
	for i := range inner {
		if in, span, ok = holder(&inner[i], name); ok {
			return in, span, true
		}
	}
	return nil, field.Span{}, false
}

// Answers tells whether the server's real answer is the one that the question names
// as right.
func (q *QuizItem) Answers(e Enacted) bool { return matches(q.Answer, []byte(e.Answer)) }

// Holds tells whether a byte, counted from 0, is one of the field.
func (e Enacted) Holds(at int) bool {
	start, end := e.Span.ByteRange()
	return start <= at && at < end
}
