package quiz

import (
	"context"
	"testing"

	"surel/lessons"
)

// What comes late of an earlier round is not taken for what the present one asks.
func TestEarlierRoundIsLeftAside(t *testing.T) {
	t.Parallel()
	l := lessons.Lesson{Quiz: []lessons.QuizItem{{ID: "a/byte", Kind: lessons.FindByte}}}
	run := func(context.Context, *lessons.QuizItem) (lessons.Enacted, error) {
		return lessons.Enacted{Answer: "250"}, nil
	}
	m := New(l, nil, run, func(int, func(i, j int)) {})
	defer m.Close()
	early := m.Init()
	m.missed = m.items
	now := m.again()
	m.enacted(early().(enacted)) //nolint:errcheck // a test would crash, as it should
	if m.real != nil {
		t.Error("what the first round ran is taken for the second's")
	}
	m.enacted(now().(enacted)) //nolint:errcheck // as above
	if m.real == nil {
		t.Error("what the second round ran is not taken")
	}
}
