package dns

import (
	"maps"
	"os"
	"slices"
	"testing"

	"surel/protocols/note/notetest"
)

// emittedKeys gives every key that a message, a field or a mistake of this
// decoder can have.
func emittedKeys(t *testing.T) []string {
	t.Helper()
	keys := notetest.SourceKeys(t, "header|section|question|record|name|message|mistake|opt|rdata|field|txt|spf|dkim|dmarc", os.DirFS("."))
	for _, key := range []string{
		"header", "question", "record", "punct/colon",
	} {
		keys[key] = true
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
	notetest.Has(t, Notes, emittedKeys(t))
}
