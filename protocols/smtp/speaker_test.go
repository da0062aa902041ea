package smtp

import (
	"strings"
	"testing"

	"surel/protocols/transcript"
)

func TestSpeaker(t *testing.T) {
	t.Parallel()
	const text = "220 a\nEHLO b\n250-c\n250 d\nDATA\n354 go on\n250 letters are not replies\n..\n.\n250 ok\nQUIT\n221 bye"
	const want = "SCSSCSCCCSCS"
	var got strings.Builder
	for _, s := range transcript.Parse(text, NewSpeaker()) {
		got.WriteString(s.Dir.String())
	}
	if got.String() != want {
		t.Errorf("the sides are %s, want %s", got.String(), want)
	}
}
