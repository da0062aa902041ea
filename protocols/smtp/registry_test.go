package smtp_test

import (
	"embed"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"surel/protocols/note"
	"surel/protocols/smtp"
)

//go:embed registry
var registry embed.FS

// entries gives the first column of a registry.
func entries(t *testing.T, name string) []string {
	t.Helper()
	text, err := fs.ReadFile(registry, "registry/"+name)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for line := range strings.Lines(string(text)) {
		if line[0] != '#' {
			entry, _, _ := strings.Cut(line, "\t")
			all = append(all, entry)
		}
	}
	return all
}

// TestRegistriesHaveNotes holds the registries and the notes to each other:
// every entry is explained in both languages, and no note explains an entry
// that no registry has.
func TestRegistriesHaveNotes(t *testing.T) {
	t.Parallel()
	for _, r := range []struct {
		file, prefix string
		// others are notes of the same kind that explain no entry.
		others []string
	}{
		{file: "enhanced.tsv", prefix: "enhanced/", others: []string{"detail", "unknown"}},
		{file: "replies.tsv", prefix: "reply/", others: []string{"unread"}},
		{file: "keywords.tsv", prefix: "keyword/", others: []string{"unknown"}},
	} {
		t.Run(r.file, func(t *testing.T) {
			t.Parallel()
			registered := entries(t, r.file)
			for _, entry := range registered {
				if !smtp.Notes.Has(r.prefix + entry) {
					t.Errorf("%s has no note of its own in every language", r.prefix+entry)
				}
			}
			for _, key := range smtp.Notes.Keys(note.ID) {
				entry, ok := strings.CutPrefix(key, r.prefix)
				if !ok || strings.Contains(entry, "/") || slices.Contains(r.others, entry) {
					continue
				}
				if !slices.Contains(registered, entry) {
					t.Errorf("%s has a note, but %s does not have it", key, r.file)
				}
			}
		})
	}
}

// TestEveryNoteHasASection holds that whoever reads a note on SMTP can look it
// up. The notes on letters come from package letter.
func TestEveryNoteHasASection(t *testing.T) {
	t.Parallel()
	for _, key := range smtp.Notes.Keys(note.EN) {
		n, _ := smtp.Notes.Lookup(key, note.EN)
		if len(n.Refs) == 0 && key != "field/unread" && !strings.HasPrefix(key, "letter/") {
			t.Errorf("%s names no section of a standard", key)
		}
	}
}
