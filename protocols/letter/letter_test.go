package letter_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"surel/protocols/field"
	"surel/protocols/letter"
	"surel/protocols/note"
)

// letters gives the stored letters by file name.
func letters(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("testdata/*.eml")
	if err != nil || len(names) == 0 {
		t.Fatalf("testdata: %v, %d letters", err, len(names))
	}
	all := map[string][]byte{}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = raw
	}
	return all
}

// open reads a letter and checks its tree.
func open(t testing.TB, raw []byte) []field.Field {
	t.Helper()
	m := letter.Message(raw)
	fields := m.Fields()
	if err := field.Check(fields, len(raw)); err != nil {
		t.Fatalf("%q: %v", raw, err)
	}
	return fields
}

func TestTruncated(t *testing.T) {
	t.Parallel()
	for name, raw := range letters(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for n := range raw {
				open(t, raw[:n])
			}
		})
	}
}

func FuzzLetter(f *testing.F) {
	for _, raw := range letters(f) {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		fields := open(t, raw)
		n := 0
		field.Walk(fields, func(*field.Field, int) { n++ })
		if n > 40_000 {
			t.Fatalf("%d fields", n)
		}
		m := letter.Message(raw)
		if s := m.Summary(); !strings.HasSuffix(strings.TrimSuffix(s, ")"), " bytes") {
			t.Fatalf("the summary does not tell the size: %q", s)
		}
	})
}

// TestNotes holds every note that a letter's fields name to exist in both
// languages.
func TestNotes(t *testing.T) {
	t.Parallel()
	notes := note.Load(field.Notes(), letter.Notes())
	if err := notes.Check(); err != nil {
		t.Fatal(err)
	}
	for name, raw := range letters(t) {
		field.Walk(open(t, raw), func(f *field.Field, _ int) {
			for _, lang := range note.Langs {
				n, ok := notes.Lookup(f.Note, lang)
				if !ok || n.Key == "letter" && f.Note != "letter" {
					t.Errorf("%s: field %s: no note %s in %s", name, f.Name, f.Note, lang)
				}
			}
		})
	}
}

func BenchmarkFields(b *testing.B) {
	for name, raw := range map[string][]byte{
		"letter": bytes.TrimSpace(letters(b)["testdata/attachment.eml"]),
		"commas": []byte("To: " + strings.Repeat(",", 1<<20) + "\r\n\r\n"),
		"bulk":   []byte("Subject: x\r\n\r\n" + strings.Repeat("a line of text that is ordinary\r\n", 1<<15)),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			for b.Loop() {
				m := letter.Message(raw)
				m.Fields()
			}
		})
	}
}
