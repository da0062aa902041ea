package lessons_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"surel/lessons"
)

// TestIndex holds that every scenario file is in the index.
func TestIndex(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("content/*/scenarios/*.scenario")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		course := filepath.Base(filepath.Dir(filepath.Dir(file)))
		id := course + "/" + strings.TrimSuffix(filepath.Base(file), ".scenario")
		s, ok := lessons.Find(id)
		switch {
		case !ok:
			t.Errorf("%s is not in the index.txt beside it", file)
		case s.Protocol() != course:
			t.Errorf("%s teaches %q", id, s.Protocol())
		}
	}
	if n := len(lessons.Scenarios()); n != len(files) {
		t.Errorf("%d scenarios of %d files", n, len(files))
	}
	if first := lessons.Scenarios()[0].ID; first != "smtp/one-letter" {
		t.Errorf("the course begins with %s", first)
	}
	if _, ok := lessons.Find("smtp/no-such"); ok {
		t.Error("found a scenario that is not there")
	}
}

// TestFileSizes keeps scenarios readable.
func TestFileSizes(t *testing.T) {
	t.Parallel()
	for _, s := range lessons.Scenarios() {
		text, err := os.ReadFile(s.File)
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(string(text), "\n") {
			if len([]rune(line)) > 120 {
				t.Errorf("%s:%d: %d characters; wrap the line at 100", s.File, n+1, len([]rune(line)))
			}
		}
	}
}
