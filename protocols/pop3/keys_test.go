package pop3

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
var keyInSource = regexp.MustCompile(`"((?:command|capability|response-code|reply|listing|field|content|auth|mistake|punct)(?:/[A-Za-z0-9.-]*[A-Za-z0-9])+)"`)

// punctInSource finds punctuation, whose key the cursor makes of its name.
var punctInSource = regexp.MustCompile(`\.Punct\("([^"]+)"`)

// emittedKeys gives every key that a message, a field or a mistake of this
// decoder, or of what it shares with others, can have.
func emittedKeys(t *testing.T) []string {
	t.Helper()
	keys := map[string]bool{"content": true}
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no source: %v", err)
	}
	for _, folder := range []string{"../sasl", "../stuffed", "../line"} {
		shared, err := filepath.Glob(folder + "/*.go")
		if err != nil || len(shared) == 0 {
			t.Fatalf("no source in %s: %v", folder, err)
		}
		files = append(files, shared...)
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
	if err := Notes.Check(); err != nil {
		t.Fatal(err)
	}
	for _, key := range emittedKeys(t) {
		if !Notes.Has(key) {
			t.Errorf("%s has no note of its own in every language", key)
		}
	}
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
