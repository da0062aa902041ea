package note_test

import (
	_ "embed"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

//go:embed rfc/toc.txt
var toc string

// sections gives the sections of each RFC of the table, by its number.
func sections(t *testing.T) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	number := ""
	for line := range strings.Lines(toc) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || line[0] == '#':
		case line[0] != ' ':
			number = words[0]
			if all[number] != nil {
				t.Errorf("rfc/toc.txt: RFC %s stands twice", number)
			}
			all[number] = []string{}
		case number == "":
			t.Fatalf("rfc/toc.txt: %q belongs to no RFC", line)
		default:
			all[number] = append(all[number], words...)
		}
	}
	return all
}

var (
	reference = regexp.MustCompile(`RFC (\d+) §([A-Z0-9]+(?:\.[0-9]+)*)`)
	// otherForm finds references that are not of the form "RFC 5321 §4.5.2".
	otherForm = regexp.MustCompile(`RFC ?\d+,? ?(?:\(?[Ss]ections?|[Ss]ec\.|§ )|RFC\d+ ?§|RFC-\d+`)
)

// readable are the endings of the files that hold references.
var readable = []string{".go", ".md", ".txt", ".tsv", ".txtar", ".golden", ".json", ".scenario", ".card", ".terms", ".task"}

// isSource tells whether the file holds the words of others, which keep the
// form that they have.
func isSource(path string) bool { return strings.Contains(filepath.ToSlash(path), "/content/source/") }

func TestReferencesNameSectionsThatExist(t *testing.T) {
	t.Parallel()
	known := sections(t)
	files, found := 0, 0
	err := filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != "../.." && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		case entry.IsDir() || !slices.Contains(readable, filepath.Ext(path)) || isSource(path):
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		for _, ref := range reference.FindAllSubmatch(text, -1) {
			found++
			if !slices.Contains(known[string(ref[1])], string(ref[2])) {
				t.Errorf("%s: %s: rfc/toc.txt knows no such section; look it up and mend the reference, or add it there", path, ref[0])
			}
		}
		if filepath.Ext(path) == ".go" && filepath.Base(path) != "rfc_test.go" {
			for _, ref := range otherForm.FindAll(text, -1) {
				t.Errorf("%s: %q is not of the form RFC 5321 §4.5.2", path, ref)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 50 || found < 500 {
		t.Errorf("read %d files and %d references; there are more", files, found)
	}
}
