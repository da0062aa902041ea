package lessons_test

import (
	"testing"

	"surel/lessons"
	"surel/server"
)

// BenchmarkCheck looks whether a task is done, with its letter in the mailbox.
func BenchmarkCheck(b *testing.B) {
	lab, err := server.Start(b.Context(), server.Config{NoFsync: true})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = lab.Close() }()
	task := lessons.Lessons()[0].Tasks[0]
	a, err := task.Begin(b.Context(), lab)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := lessons.Run(b.Context(), lab, a.Task.Way); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := a.Look(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkTermsIn finds the terms of a page of text.
func BenchmarkTermsIn(b *testing.B) {
	card := lessons.Cards()[0]
	text := card.Practice.EN + card.Watch.EN + card.English
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		lessons.TermsIn(text, "en")
	}
}
