package imap

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"surel/protocols/note"
	"surel/protocols/note/notetest"
)

// emittedKeys gives every key that a message, a field or a mistake of this
// decoder can have: those in the source, and those made from the tables. Keys
// that the decoder looks up before it uses them are left out.
func emittedKeys(t *testing.T) []string {
	t.Helper()
	keys := notetest.SourceKeys(t, "argument|attribute|auth|body|capability|code|command|continuation|envelope|fetch|field|flag|literal|mistake|part|response|search|section|status|tagged", os.DirFS("."))
	for _, key := range []string{
		"body", "compressed", "continuation", "envelope", "part", "section", "punct/CRLF", "field/line-end",
		"mistake/state/not-authenticated", "mistake/state/authenticated", "mistake/state/selected",
		"mistake/state/tls",
	} {
		keys[key] = true
	}
	for _, key := range [][]string{
		{"section/", "HEADER", "TEXT", "MIME", "HEADER.FIELDS", "HEADER.FIELDS.NOT"},
		{"field/esearch/", "MIN", "MAX", "COUNT"},
		{"field/namespace/", "personal", "other", "shared"},
		{"tagged/", "OK", "NO", "BAD"},
		{"response/", "OK", "NO", "BAD", "PREAUTH", "BYE"},
	} {
		for _, last := range key[1:] {
			keys[key[0]+last] = true
		}
	}
	for _, v := range verbs {
		keys[v.note] = true
	}
	for _, r := range responses {
		keys[r.note] = true
	}
	for _, table := range []map[string]entry{codes, searchKeys, items, statuses, caps} {
		for _, e := range table {
			keys[e.note] = true
		}
	}
	for _, key := range flags {
		keys[key] = true
	}
	for _, s := range States {
		keys["state/"+s.Key] = true
	}
	return slices.Sorted(maps.Keys(keys))
}

// TestTables holds the tables and the code to each other.
func TestTables(t *testing.T) {
	t.Parallel()
	if err := Notes.Check(); err != nil {
		t.Fatal(err)
	}
	states := map[string]bool{}
	for _, s := range States {
		states[s.Key] = true
	}
	for _, row := range Verbs {
		for _, state := range row.States {
			if !states[state] {
				t.Errorf("verbs.tsv: %s: there is no state %q", row.Name, state)
			}
		}
		s := &session{}
		text := "a1 " + row.Example + "\r\n"
		p := s.parse(text, true)
		if h := headOf([]byte(text)); p.mistake != "" || h.verb.name != row.Name {
			t.Errorf("verbs.tsv: %s: the example %q has the mistake %q", row.Name, row.Example, p.mistake)
		}
	}
	for name, r := range responses {
		for _, v := range r.verbs {
			if verbs[v] == nil {
				t.Errorf("responses.tsv: %s: verbs.tsv lacks %s", name, v)
			}
		}
	}
	for name, v := range verbs {
		for _, c := range v.offers {
			base, _, _ := strings.Cut(c, "=")
			if _, ok := caps[base]; !ok {
				t.Errorf("verbs.tsv: %s: capabilities.tsv lacks %s", name, base)
			}
		}
	}
}

// lookedUp are the beginnings of keys that the decoder uses where there is a
// note on them.
var lookedUp = regexp.MustCompile(`^(mistake/[A-Z]+/[a-z-]+|(tagged|response)/(OK|NO|BAD)/[A-Z ]+)$`)

// shared are the keys of notes that other packages bring.
var shared = regexp.MustCompile(`^(auth|letter|punct)(/|$)|^field/unread$`)

// TestNotesExplainWhatIsSaid holds that no note stands for nothing: each
// explains what the decoder can emit, or all that begins with its key.
func TestNotesExplainWhatIsSaid(t *testing.T) {
	t.Parallel()
	emitted := emittedKeys(t)
	for _, key := range Notes.Keys(note.EN) {
		if shared.MatchString(key) {
			continue
		}
		general := slices.ContainsFunc(emitted, func(e string) bool { return strings.HasPrefix(e, key+"/") })
		if !general && !slices.Contains(emitted, key) && !lookedUp.MatchString(key) {
			t.Errorf("%s explains nothing that the decoder says", key)
		}
	}
}
