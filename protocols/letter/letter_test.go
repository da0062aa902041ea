package letter_test

import (
	"bytes"
	"fmt"
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

// nested gives a letter of parts inside one another, with a long text at the
// bottom.
func nested(depth int) []byte {
	var b strings.Builder
	for i := range depth {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	b.WriteString("\r\n" + strings.Repeat("--b\r\n", 1<<17))
	return []byte(b.String())
}

// TestBounds holds letters that are made to be costly to a bounded tree.
func TestBounds(t *testing.T) {
	t.Parallel()
	for name, raw := range map[string][]byte{
		"nested":  nested(100),
		"letters": []byte(strings.Repeat("Content-Type: message/rfc822\r\n\r\n", 200)),
		"commas":  []byte("To: " + strings.Repeat(",", 1<<17)),
		"fields":  []byte(strings.Repeat("a:\r\n", 1<<16)),
		"parts":   []byte("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\n\r\nx\r\n", 1<<15)),
		"LF":      []byte("\r\n" + strings.Repeat("\n", 1<<17)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n, deepest, told := 0, 0, false
			field.Walk(open(t, raw), func(f *field.Field, depth int) {
				n++
				deepest = max(deepest, depth)
				told = told || f.Err != ""
			})
			if n > 40_000 || deepest > 60 || !told {
				t.Errorf("%d fields, %d deep, said so: %t", n, deepest, told)
			}
		})
	}
}

func BenchmarkFields(b *testing.B) {
	for name, raw := range map[string][]byte{
		"letter":        bytes.TrimSpace(letters(b)["testdata/attachment.eml"]),
		"commas":        []byte("To: " + strings.Repeat(",", 1<<20) + "\r\n\r\n"),
		"encoded words": []byte("Subject: " + strings.Repeat("=?UTF-8?Q?caf=C3=A9?= ", 1<<12) + strings.Repeat(" =?a?b?", 1<<17) + "\r\n\r\n"),
		"boundaries":    []byte("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\n\r\nx\r\n--bb\r\n", 1<<16)),
		"continuations": []byte("Content-Type: text/plain" + strings.Repeat(";\r\n name*1="+strings.Repeat("y", 400), 1<<12) + "\r\n\r\n"),
		"bare LF":       []byte("Subject: x\r\n\r\n" + strings.Repeat("a\n", 1<<19)),
		"nested":        nested(40),
		"bulk":          []byte("Subject: x\r\n\r\n" + strings.Repeat("a line of text that is ordinary\r\n", 1<<15)),
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
