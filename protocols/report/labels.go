package report

import (
	"embed"
	"fmt"
	"strings"

	"surel/protocols/note"
)

//go:embed labels
var labelFiles embed.FS

// labels are the words of a report in one language, by key.
type labels map[string]string

// readLabels reads the words of a language: lines of "key = words".
func readLabels(lang note.Lang) (labels, error) {
	text, err := labelFiles.ReadFile("labels/" + string(lang) + ".txt")
	if err != nil {
		return nil, fmt.Errorf("read the labels of reports: %w", err)
	}
	l := labels{}
	for line := range strings.Lines(string(text)) {
		key, words, ok := strings.Cut(strings.TrimSpace(line), " = ")
		if ok && !strings.HasPrefix(key, "#") {
			l[key] = words
		}
	}
	return l, nil
}

// arrow tells who speaks to whom.
func (l labels) arrow(dir string) string {
	if dir == "S" {
		return l["server"] + " → " + l["client"]
	}
	return l["client"] + " → " + l["server"]
}
