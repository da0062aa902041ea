package dns_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestAnswers asks servers what stands in testdata/*.txt, a question a line
// after "? ", and compares what they say.
func TestAnswers(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := answers(t, string(want))
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			} else if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func answers(t *testing.T, text string) string {
	r := start(t)
	var b strings.Builder
	for line := range strings.Lines(text) {
		q, ok := strings.CutPrefix(strings.TrimSpace(line), "? ")
		switch {
		case strings.HasPrefix(line, "#"), line == "\n":
			b.WriteString(line)
		case ok:
			words, server, _ := strings.Cut(q, " @")
			query, network := question(words)
			b.WriteString("? " + q + "\n" + essence(r.ask(network, server, query)) + "\n")
		}
	}
	return b.String()
}
