package smtp

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
var keyInSource = regexp.MustCompile(`"((?:command|param|keyword|reply|enhanced|field|content|bdat|auth|mistake|punct)(?:/[A-Za-z0-9.-]*[A-Za-z0-9])+)"`)

// punctInSource finds punctuation, whose key the cursor makes of its name.
var punctInSource = regexp.MustCompile(`\.Punct\("([^"]+)"`)

// emittedKeys gives every key that a message, a field or a mistake of this
// decoder can have: those in the source, and those made from the tables. Only
// replies and enhanced codes are left out: for them the decoder looks up what
// there is.
func emittedKeys(t *testing.T) []string {
	t.Helper()
	keys := map[string]bool{
		"reply": true, "enhanced": true, "content": true, "command": true, "enhanced/detail": true,
	}
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
