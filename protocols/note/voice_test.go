package note_test

import (
	"regexp"
	"testing"

	"surel/protocols"
	"surel/protocols/note"
)

// A note has two to five sentences; one more is left to those that need it.
const (
	fewest = 2
	most   = 6
)

var (
	// sentenceEnd finds the end of a sentence. Codes such as 5.1.1 have no
	// space behind their dots.
	sentenceEnd = regexp.MustCompile("[.!?][\")*`]*(?:\\s|$)")
	// notOurWords are those that the Indonesian of this program never says.
	notOurWords = regexp.MustCompile(`\b([Aa]nda|[Pp]eladen)\b`)
)

func TestCatalogues(t *testing.T) {
	t.Parallel()
	for _, p := range protocols.All {
		t.Run(p.ID, func(t *testing.T) {
			t.Parallel()
			if err := p.Notes.Check(); err != nil {
				t.Fatal(err)
			}
			for _, lang := range note.Langs {
				for _, key := range p.Notes.Keys(lang) {
					n, _ := p.Notes.Lookup(key, lang)
					checkVoice(t, lang, n)
				}
			}
		})
	}
}

func checkVoice(t *testing.T, lang note.Lang, n note.Note) {
	t.Helper()
	if count := len(sentenceEnd.FindAllString(n.Text, -1)); count < fewest || count > most {
		t.Errorf("%s %s: %d sentences; a note has %d to %d", lang, n.Key, count, fewest, most)
	}
	if words := notOurWords.FindAllString(n.Title+" "+n.Text, -1); lang == note.ID && words != nil {
		t.Errorf("%s %s: %q is not said here", lang, n.Key, words)
	}
	if n.Title == n.Text {
		t.Errorf("%s %s: the text says only what the title says", lang, n.Key)
	}
}
