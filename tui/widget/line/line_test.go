package line

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
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
