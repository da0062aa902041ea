package tui

import (
	"strings"
	"testing"

	"surel/lessons"
	"surel/protocols/note"
	"surel/tui/screen/explorer"
	"surel/tui/screen/glossary"
	"surel/tui/screen/lesson"
	"surel/tui/screen/search"
)

// TestNothingIsPlayedInARecording looks for what would talk to servers that are not there.
func TestNothingIsPlayedInARecording(t *testing.T) {
	t.Parallel()
	kinds := map[string]int{}
	for _, e := range (course{lessons: lessons.Lessons(), recorded: true}).findable(note.EN) {
		kinds[e.Kind]++
	}
	if len(kinds) != 2 || kinds["search.term"] == 0 || kinds["search.note"] == 0 {
		t.Errorf("found in a recording: %v", kinds)
	}
}

func TestSearchFindsEveryKind(t *testing.T) {
	t.Parallel()
	c := course{lessons: lessons.Lessons()}
	for _, lang := range note.Langs {
		x := search.NewIndex(c.findable(lang))
		kinds := map[string]int{}
		for _, e := range x.Find("a") {
			kinds[e.Kind]++
		}
		for _, kind := range []string{"search.lesson", "search.task", "search.scenario", "search.card", "search.term", "search.note"} {
			found := false
			for _, e := range c.findable(lang) {
				found = found || e.Kind == kind && e.Title != "" && e.Text != ""
			}
			if !found {
				t.Errorf("%s: there is no %s", lang, kind)
			}
		}
		for _, text := range []string{"RFC 5321 §4.1.1.4", "STARTTLS", "550", "null mx"} {
			found := x.Find(text)
			if len(found) == 0 {
				t.Errorf("%s: nothing is found for %q", lang, text)
				continue
			}
			whole := strings.ToLower(found[0].Title + found[0].Text + strings.Join(found[0].Refs, " "))
			for _, word := range strings.Fields(strings.ToLower(text)) {
				if !strings.Contains(whole, word) {
					t.Errorf("%s: %q finds %q", lang, text, found[0].Title)
				}
			}
		}
		if found := x.Find("  "); found != nil {
			t.Errorf("%s: no word finds %d entries", lang, len(found))
		}
	}
}

func TestSearchOpensWhatItFinds(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text string
		is   func(any) bool
	}{
		{lessons.Lessons()[3].Title.ID, func(s any) bool { _, ok := s.(*lesson.Model); return ok }},
		{lessons.Scenarios()[0].ID, func(s any) bool { _, ok := s.(*explorer.Model); return ok }},
		{"preferensi mx", func(s any) bool { _, ok := s.(*glossary.Model); return ok }},
	} {
		m := start(Options{}, 80, 24)
		press(t, m, "F", tt.text, "enter")
		if !tt.is(m.top()) {
			t.Errorf("%q opens %T:\n%s", tt.text, m.top(), shown(m))
		}
		m.close()
	}
}

func TestSearchLeaves(t *testing.T) {
	t.Parallel()
	m := start(Options{}, 80, 24)
	press(t, m, "/", "q", "esc")
	if len(m.stack) != 1 {
		t.Errorf("esc leaves %d screens", len(m.stack))
	}
}

// BenchmarkSearch takes a key of a search over everything.
func BenchmarkSearch(b *testing.B) {
	x := search.NewIndex(course{lessons: lessons.Lessons()}.findable(note.ID))
	for b.Loop() {
		x.Find("surat server")
	}
}
