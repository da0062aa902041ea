package lessons_test

import (
	"strings"
	"testing"

	"surel/lessons"
	"surel/protocols/note"
)

// maxWords is how many words a sentence of an introduction has on average at most.
const maxWords = 20

// TestReadingLevel measures the introductions; run it with -v to see the figures.
func TestReadingLevel(t *testing.T) {
	t.Parallel()
	for _, lang := range note.Langs {
		for _, l := range lessons.Lessons() {
			words, sentences := 0, 0
			for _, p := range l.Intro {
				for word := range strings.FieldsSeq(p.In(lang)) {
					words++
					if strings.ContainsAny(word[len(word)-1:], ".!?:") {
						sentences++
					}
				}
			}
			average := float64(words) / float64(max(sentences, 1))
			t.Logf("%s %-8s %.1f words a sentence", lang, l.ID, average)
			if average > maxWords {
				t.Errorf("%s: the introduction of %s has %.1f words a sentence; at most %d read well", lang, l.ID, average, maxWords)
			}
		}
	}
}
