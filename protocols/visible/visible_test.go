package visible_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"surel/protocols/visible"
)

func TestString(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                                "",
		"MAIL FROM:<siswa@kampus.test>":   "MAIL FROM:<siswa@kampus.test>",
		"Ujian susulan, Señor 東京 😀":       "Ujian susulan, Señor 東京 😀",
		"\x1b]0;owned\x07":                "␛]0;owned␇",
		"a\r\nb\tc":                       "a␍␊b␉c",
		"\x00\x1f\x7f":                    "␀␟␡",
		"\u009b31m":                       "⟨U+009B⟩31m",
		"\x9b31m":                         "⟨9b⟩31m",
		"gpj.\u202eexe":                   "gpj.⟨U+202E⟩exe",
		"a\u200bb\u2066c\u2028d\ufeffe":   "a⟨U+200B⟩b⟨U+2066⟩c⟨U+2028⟩d⟨U+FEFF⟩e",
		"\xff\xfe plus \xe2\x82":          "⟨ff⟩⟨fe⟩ plus ⟨e2⟩⟨82⟩",
		"a real replacement \ufffd stays": "a real replacement \ufffd stays",
	} {
		if got := visible.String(in); got != want {
			t.Errorf("String(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLines(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"one\r\ntwo\nthree": "one\ntwo\nthree",
		"a\tb\x1b":          "a    b␛",
		"bare\rCR\n":        "bare␍CR\n",
		"end\r":             "end␍",
	} {
		if got := visible.Lines(in); got != want {
			t.Errorf("Lines(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzString(f *testing.F) {
	for _, seed := range []string{"plain", "\x1b[31m", "\u009b", "\u202e", "\xff", "a\r\nb"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, got := range []string{visible.String(s), strings.ReplaceAll(visible.Lines(s), "\n", "")} {
			if !utf8.ValidString(got) {
				t.Fatalf("%q: not UTF-8: %q", s, got)
			}
			for _, r := range got {
				if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
					t.Fatalf("%q: %U came out: %q", s, r, got)
				}
			}
		}
		if again := visible.String(visible.String(s)); again != visible.String(s) {
			t.Fatalf("%q: shown twice it differs: %q", s, again)
		}
	})
}

func BenchmarkString(b *testing.B) {
	line := strings.Repeat("RCPT TO:<guru@sekolah.test> ", 40)
	b.SetBytes(int64(len(line)))
	for b.Loop() {
		_ = visible.String(line)
	}
}
