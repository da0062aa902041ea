package letter

import (
	"testing"

	"surel/protocols/note"
)

// TestKinds holds every header field that is known to a note of its own.
func TestKinds(t *testing.T) {
	t.Parallel()
	notes := note.Load(Notes())
	for _, k := range kinds {
		if key := "letter/header/" + k.name; !notes.Has(key) {
			t.Errorf("no note %s", key)
		}
	}
}
