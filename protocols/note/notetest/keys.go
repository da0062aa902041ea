// Package notetest finds what notes a decoder must have. Its tests stand inside
// the decoders' packages, so it imports none of them.
package notetest

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"surel/protocols/note"
)

// punctuation finds punctuation, whose key the cursor makes of its name.
var punctuation = regexp.MustCompile(`\.Punct\("([^"]+)"`)

// SourceKeys gives the keys of notes that stand whole in the source of folders,
// tests left out: those that begin with one of the given words, which bars
// divide, and those of punctuation.
func SourceKeys(t *testing.T, words string, folders ...fs.FS) map[string]bool {
	t.Helper()
	whole := regexp.MustCompile(`"((?:` + words + `)(?:/[A-Za-z0-9.-]*[A-Za-z0-9])+)"`)
	keys := map[string]bool{}
	for _, folder := range folders {
		files, err := fs.Glob(folder, "*.go")
		if err != nil || len(files) == 0 {
			t.Fatalf("no source in %v: %v", folder, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			source, err := fs.ReadFile(folder, file)
			if err != nil {
				t.Fatal(err)
			}
			for _, match := range whole.FindAllSubmatch(source, -1) {
				keys[string(match[1])] = true
			}
			for _, match := range punctuation.FindAllSubmatch(source, -1) {
				keys["punct/"+string(match[1])] = true
			}
		}
	}
	return keys
}

// Has holds that the catalogue can be read and that every key has a note of its
// own in every language.
func Has(t *testing.T, c *note.Catalogue, keys []string) {
	t.Helper()
	if err := c.Check(); err != nil {
		t.Fatal(err)
	}
	for _, key := range keys {
		if !c.Has(key) {
			t.Errorf("%s has no note of its own in every language", key)
		}
	}
}
