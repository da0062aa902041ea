package lessons_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"surel/lessons"
)

const (
	shipped = "content/source/protokol-mailserver.id.txt"
	// original is kept beside the repository, not in it, so that not every
	// machine has it.
	original = "../../shared/source/protokol-mailserver.id.txt"
	// furniture is where the original's page furniture begins.
	furniture = "\n\nArtikel Terbaru\n"
	// digest is the SHA-256 of the original up to there, with one line feed
	// behind it.
	digest = "bb60b2fb1320e77a777bf62ff14021c9d40f5373afc33528e76aa73d21f596d7"
)

// TestSourceText holds the text that is shipped against the original.
func TestSourceText(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(shipped)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(text)
	if got := hex.EncodeToString(sum[:]); got != digest {
		t.Errorf("%s has the SHA-256 %s, the original %s", shipped, got, digest)
	}
	whole, err := os.ReadFile(filepath.FromSlash(original))
	if errors.Is(err, fs.ErrNotExist) {
		return // the digest has told
	}
	if err != nil {
		t.Fatal(err)
	}
	articles, rest, ok := bytes.Cut(whole, []byte(furniture))
	if !ok {
		t.Fatalf("%s has no %q", original, furniture)
	}
	if !bytes.Equal(text, append(articles, '\n')) {
		t.Errorf("%s differs from %s", shipped, original)
	}
	if credit := lessons.Source().Credit; !bytes.Contains(rest, []byte("\n"+credit+"\n")) {
		t.Errorf("the original does not credit %q", credit)
	}
}

// TestSourceSections holds that the sections lose nothing of the text.
func TestSourceSections(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(shipped)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	keys := map[string]bool{}
	for _, a := range lessons.Source().Articles {
		lines = append(lines, a.Title)
		for _, s := range a.Sections {
			if keys[s.Key] || s.Key == "" {
				t.Errorf("the key %q stands twice", s.Key)
			}
			keys[s.Key] = true
			if s.Heading != "" {
				lines = append(lines, s.Heading)
			}
			lines = append(lines, s.Paragraphs...)
			found, ok := lessons.Source().Section(s.Key)
			if !ok || found.Heading != s.Heading {
				t.Errorf("section %s is not found by its key", s.Key)
			}
		}
	}
	want := strings.FieldsFunc(string(text), func(r rune) bool { return r == '\n' })
	if got := strings.Join(lines, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("the sections make\n%s\nand not the text", got)
	}
	if n := len(lessons.Source().Articles); n != 2 {
		t.Errorf("%d articles, want 2", n)
	}
	if s, _ := lessons.Source().Section("rules/smtps"); !strings.Contains(strings.Join(s.Paragraphs, "\n"), "port 465 atau 587") {
		t.Errorf("section rules/smtps is %q", s.Paragraphs)
	}
	if _, ok := lessons.Source().Section("rules/gopher"); ok {
		t.Error("found a section that is not there")
	}
}
