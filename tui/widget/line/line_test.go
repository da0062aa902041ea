package line

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"surel/protocols/visible"
)

func TestFitIsExactlyAsWide(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "surat", "surat elektronik yang panjang", "日本語のメール", "é́ combining", "👩‍👩‍👧 keluarga"} {
		for width := range 20 {
			got := Fit(s, width, "…")
			if w := ansi.StringWidth(got); w != width {
				t.Errorf("Fit(%q, %d) = %q, %d cells wide", s, width, got, w)
			}
		}
	}
}

func TestCutSaysThatSomethingIsMissing(t *testing.T) {
	t.Parallel()
	if got := Cut("MAIL FROM", 5, "…"); got != "MAIL…" {
		t.Errorf("Cut gives %q", got)
	}
	if got := Cut("MAIL", 5, "…"); got != "MAIL" {
		t.Errorf("Cut gives %q", got)
	}
	if got := Cut("MAIL", -1, "…"); got != "" {
		t.Errorf("Cut gives %q", got)
	}
}

// No line is wider than asked for, also where a space stands before a hyphen.
func TestWrapFits(t *testing.T) {
	t.Parallel()
	const text = "Perintah POP3 terdiri dari tiga atau empat tanda. Server menjawab -ERR dan tidak ada yang berubah, sendiri-sendiri."
	for width := range 60 {
		lines := Wrap(text, width)
		for _, l := range lines {
			if Width(l) > max(width, 1) {
				t.Errorf("%q is wider than %d cells", l, width)
			}
		}
		if got, want := strings.ReplaceAll(strings.Join(lines, ""), " ", ""), strings.ReplaceAll(text, " ", ""); got != want {
			t.Errorf("%d cells: %q is lost or new in %q", width, want, got)
		}
	}
	want := []string{"  tanda. Server", "menjawab -ERR", "sendiri-", "sendirian", "", "panjangsekalian", "akku"}
	if diff := cmp.Diff(want, Wrap("  tanda. Server menjawab -ERR sendiri-sendirian\n\npanjangsekalianakku", 15)); diff != "" {
		t.Error(diff)
	}
}

func TestWrapInto(t *testing.T) {
	t.Parallel()
	for most, want := range map[int][]string{
		0: {"satu", "dua", "tiga"}, 3: {"satu", "dua", "tiga"}, 2: {"satu", "dua tiga"}, 1: {"satu dua tiga"},
	} {
		if diff := cmp.Diff(want, WrapInto("satu dua tiga", 5, most)); diff != "" {
			t.Errorf("%d lines: %s", most, diff)
		}
	}
}

func FuzzWrapFits(f *testing.F) {
	f.Add("menjawab -ERR dan", 9)
	f.Add("漢字 é-b c", 3)
	f.Fuzz(func(t *testing.T, text string, width int) {
		if width < 2 || width > 200 || len(text) > 1000 {
			t.Skip()
		}
		for _, l := range Wrap(visible.String(text), width) {
			if Width(l) > width {
				t.Errorf("%q is wider than %d cells", l, width)
			}
		}
	})
}
