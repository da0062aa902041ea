package progress_test

import (
	"strings"
	"testing"
	"time"

	"surel/lessons/progress"
)

func signed(t testing.TB) progress.Signed {
	t.Helper()
	s, err := progress.Sign(progress.Summary{
		Student: "Sari", Made: time.Date(2026, 11, 1, 10, 0, 0, 0, time.UTC), Lessons: []progress.Lesson{{ID: "smtp", Done: 2, Tasks: 6}},
	}, "kelas7")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestProof(t *testing.T) {
	t.Parallel()
	s := signed(t)
	if !s.Genuine("kelas7") || s.Genuine("kelas8") || s.Genuine("") {
		t.Error("the proof does not tell the keys apart")
	}
	for name, change := range map[string]func(*progress.Signed){
		"student": func(s *progress.Signed) { s.Summary.Student = "Bima" },
		"made":    func(s *progress.Signed) { s.Summary.Made = s.Summary.Made.Add(time.Second) },
		"done":    func(s *progress.Signed) { s.Summary.Lessons[0].Done = 6 },
		"proof":   func(s *progress.Signed) { s.Proof = strings.Repeat("0", len(s.Proof)) },
		"none":    func(s *progress.Signed) { s.Proof = "" },
	} {
		forged := signed(t)
		change(&forged)
		if forged.Genuine("kelas7") {
			t.Errorf("%s can be changed", name)
		}
	}
	if _, err := progress.Sign(s.Summary, ""); err == nil {
		t.Error("a summary is proven without a key")
	}
}

func TestSummaryComesBack(t *testing.T) {
	t.Parallel()
	const above = "# Sari\n\n- smtp: 2 of 6\n\n"
	under, err := progress.Sign(signed(t).Summary.Under(above), "kelas7")
	if err != nil {
		t.Fatal(err)
	}
	alone, err := signed(t).Fenced()
	if err != nil {
		t.Fatal(err)
	}
	fenced, err := under.Fenced()
	if err != nil {
		t.Fatal(err)
	}
	for text, genuine := range map[string]bool{
		alone:          true,
		above + fenced: true,
		strings.ReplaceAll(above+fenced, "\n", "\r\n"): true,
		strings.Replace(above, "2", "6", 1) + fenced:   false,
		above + alone: false,
	} {
		if s, err := progress.ParseSigned([]byte(text)); err != nil || s.Genuine("kelas7") != genuine {
			t.Errorf("%q: %+v, %v", text, s, err)
		}
	}
}

// A name that is no UTF-8 is proven as it can be written.
func TestNameIsNoUTF8(t *testing.T) {
	t.Parallel()
	s, err := progress.Sign(progress.Summary{Student: "Sari \xff"}, "kelas7")
	if err != nil {
		t.Fatal(err)
	}
	fenced, err := s.Fenced()
	if err != nil {
		t.Fatal(err)
	}
	if back, err := progress.ParseSigned([]byte(fenced)); err != nil || !back.Genuine("kelas7") {
		t.Errorf("%q: %v", fenced, err)
	}
}

func FuzzParseSigned(f *testing.F) {
	fenced, err := signed(f).Fenced()
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(fenced))
	f.Add([]byte("```json\n{}\n```"))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := progress.ParseSigned(text)
		if err == nil && s.Genuine("a key that nobody has") {
			t.Errorf("%q is genuine", text)
		}
	})
}
