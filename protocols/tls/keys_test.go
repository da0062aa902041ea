package tls

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
	keys := notetest.SourceKeys(t, "record|field|plain|hs|hello|extension|sni|alpn|sct|psk|versions|share|ech|alert|ccs|vector|finished|ticket|certificate|dh|request|signed|judge|schedule|der|x509|mistake", os.DirFS("."))
	for _, key := range []string{"extensions", "extension-data", "grease", "sct", "share", "signed", "x509", "record"} {
		keys[key] = true
	}
	for _, r := range []*registry{suites, groups, signatures, extensions, alerts, handshakes} {
		keys[r.key+"/unknown"] = true
		for _, e := range r.entries {
			keys[e.note] = true
		}
	}
	for _, e := range oids {
		if e.note != "" {
			keys[e.note] = true
		}
	}
	for _, name := range contentTypes {
		keys["record/"+name] = true
	}
	for _, name := range []string{"rfc822Name", "dNSName", "uniformResourceIdentifier", "iPAddress"} {
		keys["x509/"+name] = true
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

// TestEveryNoteIsUsed finds notes of which nothing speaks any more.
func TestEveryNoteIsUsed(t *testing.T) {
	t.Parallel()
	used := emittedKeys(t)
	for _, key := range Notes.Keys("en") {
		if !slices.Contains(used, key) && !slices.Contains([]string{"field/unread"}, key) && key[:5] != "punct" {
			t.Errorf("nothing has the note %s", key)
		}
	}
}
