package pop3

import (
	"maps"
	"os"
	"slices"
	"testing"

	"surel/protocols/note/notetest"
)

// emittedKeys gives every key that a message, a field or a mistake of this
// decoder, or of what it shares with others, can have.
func emittedKeys(t *testing.T) []string {
	t.Helper()
	keys := notetest.SourceKeys(t, "command|capability|response-code|reply|listing|field|content|auth|mistake|punct", os.DirFS("."), os.DirFS("../sasl"), os.DirFS("../stuffed"), os.DirFS("../line"))
	for _, key := range []string{
		"content",
	} {
		keys[key] = true
	}
	for v := verbUnknown; v < answersExchange; v++ {
		keys[verbNotes[v]] = true
	}
	for v := range verbNames {
		keys[okNotes[v]], keys[errNotes[v]], keys[listingNotes[v]] = true, true, true
	}
	for _, table := range []map[string]string{capabilityNotes, responseCodeNotes} {
		for _, key := range table {
			keys[key] = true
		}
	}
	for _, s := range States {
		keys["state/"+s.Key] = true
	}
	for _, byState := range sequenceMistakes {
		for _, key := range byState {
			keys[key] = true
		}
	}
	return slices.Sorted(maps.Keys(keys))
}

func TestEveryKeyHasANote(t *testing.T) {
	t.Parallel()
	notetest.Has(t, Notes, emittedKeys(t))
}

// TestTables holds the tables and the code to each other.
func TestTables(t *testing.T) {
	t.Parallel()
	states := map[string]bool{}
	for _, s := range States {
		states[s.Key] = true
	}
	inTable := map[verb]bool{}
	for _, row := range Verbs {
		v, _ := verbOf([]byte(row.Name))
		if v == verbUnknown || row.Note != verbNotes[v] {
			t.Errorf("verbs.tsv: %s is no command that the decoder knows", row.Name)
		}
		inTable[v] = true
		for _, state := range row.States {
			if !states[state] {
				t.Errorf("verbs.tsv: %s: there is no state %q", row.Name, state)
			}
		}
		if p := parse(row.Example + "\r\n"); p.mistake != "" {
			t.Errorf("verbs.tsv: %s: the example %q has the mistake %s", row.Name, row.Example, p.mistake)
		}
	}
	for v := verbUSER; v < answersExchange; v++ {
		if !inTable[v] {
			t.Errorf("verbs.tsv lacks %s", v)
		}
	}
	if _, ok := announcedBy[verbUnknown]; ok {
		t.Error("capabilities.tsv names a command that the decoder does not know")
	}
}
