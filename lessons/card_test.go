package lessons_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"surel/lessons"
	"surel/protocols"
	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/note"
	"surel/server"
)

// Every sentence stands in its section of the articles, word for word.
func TestCardsQuoteTheSource(t *testing.T) {
	t.Parallel()
	if n := len(lessons.Cards()); n < 14 {
		t.Fatalf("%d cards; want 14 at least", n)
	}
	for _, c := range lessons.Cards() {
		section, ok := lessons.Source().Section(c.Section)
		if !ok {
			t.Errorf("%s: no section %s", c.ID, c.Section)
		}
		if !strings.Contains(strings.Join(section.Paragraphs, " "), c.Quote) {
			t.Errorf("%s: %q does not stand in section %s", c.ID, c.Quote, c.Section)
		}
		if !slices.ContainsFunc(section.Paragraphs, func(p string) bool {
			return strings.Contains(p, c.Quote) && strings.Contains(lessons.Source().English(p), c.English)
		}) {
			t.Errorf("%s: %q does not stand in our rendering of section %s", c.ID, c.English, c.Section)
		}
	}
}

// Every file that there is stands in the index.
func TestEveryCardIsShipped(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("content/cards/*.card")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		id := strings.TrimSuffix(filepath.Base(file), ".card")
		if !slices.ContainsFunc(lessons.Cards(), func(c lessons.Card) bool { return c.ID == id }) {
			t.Errorf("%s is not in index.txt", file)
		}
	}
}

// Every experiment runs on a lab of its own, and its evidence is found.
func TestCardsProve(t *testing.T) {
	t.Parallel()
	for _, c := range lessons.Cards() {
		t.Run(c.ID, func(t *testing.T) {
			t.Parallel()
			s, ok := lessons.Find(c.Scenario)
			if !ok {
				t.Fatalf("no scenario %s", c.Scenario)
			}
			lab := startLab(t)
			if _, err := lessons.Run(t.Context(), lab, s); err != nil {
				t.Fatal(err)
			}
			if !proven(lab, c.Evidence) {
				t.Errorf("%s has no message with %q and a field %q", c.Scenario, c.Evidence.Line, c.Evidence.Field)
			}
		})
	}
}

// proven tells whether a message of the log proves a card.
func proven(lab *server.Lab, e lessons.Evidence) bool {
	r := protocols.NewReader(lab.Log(), nil)
	r.Read()
	for _, entry := range r.Entries() {
		m := r.Message(entry)
		words := protocols.Words{Protocol: r.Protocol(entry), Lang: note.EN}
		if strings.Contains(words.Summary(m), e.Line) && hasField(m, e.Field) {
			return true
		}
	}
	return false
}

// hasField tells whether a message, or one that it carries, has a field with the
// name.
func hasField(m *message.Message, name string) bool {
	found := false
	field.Walk(m.Fields(), func(f *field.Field, _ int) { found = found || f.Name == name })
	inner := m.Inner()
	return found || slices.ContainsFunc(inner, func(m message.Message) bool { return hasField(&m, name) })
}

func TestParseCardSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	whole, err := os.ReadFile("content/cards/any-sender.card")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lessons.ParseCard("a.card", whole); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ old, text, want string }{
		{"title en:", "titel en:", `a.card:2: "titel en" begins no line of this file`},
		{"title en:", "title id:", "a.card:2: this text stands twice"},
		{"title id:", " title id:", "a.card:1: a line that begins with a space"},
		{"english:", "# english:", `a.card: a line "english:" is missing`},
		{"field: reverse-path\n", "", `a.card: a line "field:" is missing`},
		{"title id:", "title\x1b id:", "a.card:1: the control character"},
	} {
		_, err := lessons.ParseCard("a.card", []byte(strings.Replace(string(whole), tt.old, tt.text, 1)))
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%q for %q: %v; want %s", tt.text, tt.old, err, tt.want)
		}
	}
}
