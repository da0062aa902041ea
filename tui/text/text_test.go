package text

import (
	"regexp"
	"slices"
	"testing"

	"surel/protocols/note"
)

// verbs finds what fmt would put in.
var verbs = regexp.MustCompile(`%[^%]`)

func TestBothLanguagesHaveTheSameKeys(t *testing.T) {
	t.Parallel()
	labels := map[note.Lang]*Labels{}
	for _, lang := range note.Langs {
		l, err := read(files, lang)
		if err != nil {
			t.Fatal(err)
		}
		labels[lang] = l
	}
	for key, id := range labels[note.ID].words {
		en, ok := labels[note.EN].words[key]
		if !ok {
			t.Errorf("%s has no English", key)
			continue
		}
		if a, b := verbs.FindAllString(id, -1), verbs.FindAllString(en, -1); !slices.Equal(a, b) {
			t.Errorf("%s takes %q in Indonesian and %q in English", key, a, b)
		}
	}
	for key := range labels[note.EN].words {
		if !labels[note.ID].Has(key) {
			t.Errorf("%s has no Indonesian", key)
		}
	}
}
