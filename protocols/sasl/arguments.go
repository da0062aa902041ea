package sasl

import (
	"strings"

	"surel/protocols/line"
)

// Arguments gives the mechanism and the initial response of a line that
// begins with AUTH; either may be missing.
func Arguments(raw []byte) (mechanism, initial string) {
	words := strings.Fields(string(line.Cut(raw)))
	if len(words) > 1 {
		mechanism = words[1]
	}
	if len(words) > 2 {
		initial = words[2]
	}
	return mechanism, initial
}
