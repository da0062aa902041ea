package smtp

import (
	"maps"
	"os"
	"slices"
	"testing"

	"surel/protocols/note/notetest"
)

// emittedKeys gives every key that a message, a field or a mistake of this
// decoder can have: those in the source, and those made from the tables. Only
// replies and enhanced codes are left out: for them the decoder looks up what
// there is.
func emittedKeys(t *testing.T) []string {
	t.Helper()
	keys := notetest.SourceKeys(t, "command|param|keyword|reply|enhanced|field|content|bdat|auth|mistake|punct", os.DirFS("."))
	for _, key := range []string{
		"reply", "enhanced", "content", "command", "enhanced/detail",
	} {
		keys[key] = true
	}
	for v := verbUnknown; v < answersContent; v++ {
		keys[verbNotes[v]] = true
	}
	for _, p := range params {
		keys[p.note] = true
	}
	for _, key := range keywords {
		keys[key] = true
	}
	for _, s := range States {
		keys["state/"+s.Key] = true
	}
	for _, byState := range sequenceMistakes {
		for _, key := range byState {
			keys[key] = true
		}
	}
	for _, digit := range "2345" {
		keys["field/code-class/"+string(digit)] = true
	}
	for _, digit := range "012345" {
		keys["field/code-category/"+string(digit)] = true
	}
	for _, digit := range "245" {
		keys["enhanced/class/"+string(digit)] = true
	}
	for _, digit := range "01234567" {
		keys["enhanced/subject/"+string(digit)] = true
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
		if p := parse(row.Example+"\r\n", nil); p.mistake != "" || p.verb != v {
			t.Errorf("verbs.tsv: %s: the example %q has the mistake %s", row.Name, row.Example, p.mistake)
		}
	}
	for v := verbHELO; v < answersContent; v++ {
		if !inTable[v] {
			t.Errorf("verbs.tsv lacks %s", v)
		}
	}
	for keyword, p := range params {
		if _, ok := valueForms[p.value]; !ok && p.value != "none" {
			t.Errorf("params.tsv: %s: there is no form %q", keyword, p.value)
		}
		for _, offered := range p.offers {
			if keywords[offered] == "" {
				t.Errorf("params.tsv: %s: registry/keywords.tsv lacks %s", keyword, offered)
			}
		}
	}
}
