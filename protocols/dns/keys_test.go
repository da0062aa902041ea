package dns

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// keyInSource finds a key of a note that stands whole in the source.
var keyInSource = regexp.MustCompile(`"((?:header|section|question|record|name|message|mistake|opt|rdata|field|txt|spf|dkim|dmarc)(?:/[A-Za-z0-9.-]*[A-Za-z0-9])+)"`)

// punctInSource finds punctuation, whose key the cursor makes of its name.
var punctInSource = regexp.MustCompile(`\.Punct\("([^"]+)"`)

// emittedKeys gives every key that a message, a field or a mistake of this
// decoder can have.
func emittedKeys(t *testing.T) []string {
	t.Helper()
	keys := map[string]bool{"header": true, "question": true, "record": true, "punct/colon": true}
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no source: %v", err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range keyInSource.FindAllSubmatch(source, -1) {
			keys[string(match[1])] = true
		}
		for _, match := range punctInSource.FindAllSubmatch(source, -1) {
			keys["punct/"+string(match[1])] = true
		}
	}
	for _, r := range []*registry{
		types, classes, opcodes, rcodes, options, extendedErrors, algorithms, digests, svcParams, tlsaUsages, tlsaSelectors, tlsaMatchings,
	} {
		keys[r.unknown.note] = true
		for _, e := range r.all() {
			keys[e.note] = true
		}
	}
	for _, parts := range layouts {
		for _, p := range parts {
			if p.registry == nil {
				keys[p.note] = true
			}
		}
	}
	for _, key := range responseNotes {
		keys[key] = true
	}
	for _, key := range queryNotes {
		keys[key] = true
	}
	for _, f := range forms {
		keys["txt/"+f.key] = true
		for tag := range f.tags {
			keys[f.key+"/"+tag] = true
		}
		if f.tags != nil {
			keys[f.key+"/unknown"] = true
		}
	}
	for _, set := range []map[string]bool{mechanisms, modifiers} {
		for name := range set {
			keys["spf/"+name] = true
		}
	}
	for _, result := range qualifiers {
		keys["spf/"+result] = true
	}
	for _, s := range States {
		keys["state/"+s.Key] = true
	}
	return slices.Sorted(maps.Keys(keys))
}

func TestEveryKeyHasANote(t *testing.T) {
	t.Parallel()
	if err := Notes.Check(); err != nil {
		t.Fatal(err)
	}
	emitted := emittedKeys(t)
	for _, key := range emitted {
		if !Notes.Has(key) {
			t.Errorf("%s has no note of its own in every language", key)
		}
	}
}
