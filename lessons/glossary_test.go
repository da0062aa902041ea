package lessons_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"surel/lessons"
	"surel/protocols"
	"surel/protocols/note"
)

func TestGlossaryIsWhole(t *testing.T) {
	t.Parallel()
	terms := lessons.Glossary()
	if len(terms) < 120 {
		t.Errorf("%d terms; want 120 at least", len(terms))
	}
	for i, term := range terms {
		if i > 0 && terms[i-1].Key == term.Key {
			t.Errorf("%s stands twice", term.Key)
		}
		if len(term.See) > 9 {
			t.Errorf("%s leads to %d terms; there are nine keys", term.Key, len(term.See))
		}
		for _, key := range term.See {
			if _, ok := lessons.FindTerm(key); !ok || key == term.Key {
				t.Errorf("%s leads to %s, which is no other term", term.Key, key)
			}
		}
	}
	if _, ok := lessons.FindTerm("no-such-term"); ok {
		t.Error("a term is found that there is not")
	}
}

// A form of a word belongs to one term, or it could not be looked up.
func TestFormsAreClear(t *testing.T) {
	t.Parallel()
	for _, lang := range note.Langs {
		owner := map[string]string{}
		for _, term := range lessons.Glossary() {
			for _, form := range append([]string{term.Name.In(lang)}, term.Also.In(lang)...) {
				if other, ok := owner[form]; ok {
					t.Errorf("%s: %q is a form of %s and of %s", lang, form, other, term.Key)
				}
				owner[form] = term.Key
			}
		}
	}
}

// Every term stands in what the program says, in each language, be it in what
// another term means.
func TestTermsAreUsed(t *testing.T) {
	t.Parallel()
	for _, lang := range note.Langs {
		used := map[string]bool{}
		for _, term := range lessons.TermsIn(everything(t, lang), lang) {
			used[term.Key] = true
		}
		for _, term := range lessons.Glossary() {
			for _, other := range lessons.TermsIn(term.Text.In(lang), lang) {
				used[other.Key] = used[other.Key] || other.Key != term.Key
			}
		}
		for _, term := range lessons.Glossary() {
			if !used[term.Key] {
				t.Errorf("%s: no note, scenario or card uses %q (%s)", lang, term.Name.In(lang), term.Key)
			}
		}
	}
}

// everything gives all that labels, notes, scenarios and cards say in a language.
func everything(t *testing.T, lang note.Lang) string {
	t.Helper()
	labels, err := os.ReadFile(filepath.Join("..", "tui", "text", string(lang)+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	all := []string{string(labels)}
	for _, p := range protocols.All {
		for _, key := range p.Notes.Keys(lang) {
			n, _ := p.Notes.Lookup(key, lang)
			all = append(all, n.Title, n.Text)
		}
	}
	for _, s := range lessons.Scenarios() {
		all = append(all, s.Title.In(lang), s.Intro.In(lang))
		for _, a := range s.Actions {
			all = append(all, a.Caption.In(lang))
		}
	}
	for _, c := range lessons.Cards() {
		said := c.Quote
		if lang == note.EN {
			said = c.English
		}
		all = append(all, said, c.Title.In(lang), c.Practice.In(lang), c.Watch.In(lang))
	}
	return strings.Join(all, "\n\n")
}

func TestTermsIn(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text string
		lang note.Lang
		want []string
	}{
		{"", note.EN, nil},
		{"Nothing of the kind.", note.EN, nil},
		{"The envelope, and a null MX; the envelope again.", note.EN, []string{"envelope", "null-mx"}},
		{"Do not move, but MOVE.", note.EN, []string{"move"}},
		{"Amplop surat itu, lewat STARTTLS.", note.ID, []string{"envelope", "starttls"}},
	} {
		var got []string
		for _, term := range lessons.TermsIn(tt.text, tt.lang) {
			got = append(got, term.Key)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q: %s", tt.text, diff)
		}
	}
}

func TestParseTermsSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	const whole = "term a:\nname id: a\nname en: a\ntext id: t\n  u\ntext en: t\nsee: b, c\nalso en: as\nref: RFC 5321\n"
	got, err := lessons.ParseTerms("a.terms", []byte(whole))
	want := []lessons.Term{{
		Key: "a", Name: lessons.Text{ID: "a", EN: "a"}, Text: lessons.Text{ID: "t u", EN: "t"},
		Also: lessons.Forms{EN: []string{"as"}}, See: []string{"b", "c"}, Refs: []string{"RFC 5321"},
	}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Fatalf("%v %s", err, diff)
	}
	for _, tt := range []struct{ old, text, want string }{
		{"term a:", "# term a:", `a.terms:2: "name id" begins no line`},
		{"term a:", "term a: x", "a.terms: term a: nothing stands behind the colon"},
		{"name en: a\n", "", `a.terms: term a: a line "name en:" is missing`},
		{"ref:", "refs:", `a.terms:9: "refs" begins no line`},
		{"ref:", "see:", "a.terms:9: this text stands twice"},
	} {
		_, err := lessons.ParseTerms("a.terms", []byte(strings.Replace(whole, tt.old, tt.text, 1)))
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%q for %q: %v; want %s", tt.text, tt.old, err, tt.want)
		}
	}
}
