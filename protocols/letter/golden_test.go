package letter_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"surel/protocols/field"
	"surel/protocols/letter"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden holds the tree of every stored letter to its golden file.
func TestGolden(t *testing.T) {
	t.Parallel()
	for name, raw := range letters(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got bytes.Buffer
			m := letter.Message(raw)
			fmt.Fprintf(&got, "summary: %q\n\n", m.Summary())
			field.Dump(&got, open(t, raw), raw)
			golden := strings.TrimSuffix(name, ".eml") + ".golden"
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatalf("%v (make it with -update)", err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}
