package report

import (
	"testing"

	"surel/protocols/note"
)

// TestLabels holds the languages to the same words, and the words to their
// places for what is filled in.
func TestLabels(t *testing.T) {
	t.Parallel()
	verbs := func(s string) (n int) {
		for _, r := range s {
			if r == '%' {
				n++
			}
		}
		return n
	}
	for _, lang := range note.Langs {
		words, err := readLabels(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, other := range note.Langs {
			others, err := readLabels(other)
			if err != nil {
				t.Fatal(err)
			}
			for key := range others {
				if words[key] == "" || verbs(words[key]) != verbs(others[key]) {
					t.Errorf("%s: %s = %q, in %s %q", lang, key, words[key], other, others[key])
				}
			}
		}
	}
}
