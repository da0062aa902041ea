package lessons_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"surel/lessons"
	"surel/protocols/letter"
)

// TestLetters reads the letters that mailboxes begin with: every one is good,
// and some scenario uses it.
func TestLetters(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("content/letters/*.eml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	var used []string
	for _, s := range lessons.Scenarios() {
		for _, m := range s.Mailboxes {
			used = append(used, m.Letters...)
		}
	}
	for _, file := range files {
		if name := strings.TrimSuffix(filepath.Base(file), ".eml"); !slices.Contains(used, name) {
			t.Errorf("no scenario uses %s", file)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m := letter.Message([]byte(strings.ReplaceAll(string(text), "\n", "\r\n")))
		if m.Malformed || m.Mistake != "" {
			t.Errorf("%s is malformed: %s", file, m.Mistake)
		}
	}
}

// TestFilled fills the mailboxes once, before the first action.
func TestFilled(t *testing.T) {
	t.Parallel()
	lab := newFakeLab(t, dialogue("220 a\r\n", "250 b\r\n"))
	s := scenario(t, "mailbox guru@sekolah.test: laporan\nmailbox guru@sekolah.test Tugas: rapat izin\n"+
		greet+"id: a\nen: b\nC: NOOP\nS: 250\n")
	r := lessons.NewRunner(lab, s)
	defer r.Close()
	for !r.Done() {
		if err := r.Next(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if want := []string{"guru@sekolah.test [INBOX Tugas]"}; !slices.Equal(lab.filled, want) {
		t.Errorf("filled %q, want %q", lab.filled, want)
	}
}
