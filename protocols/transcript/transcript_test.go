package transcript

import (
	"strings"
	"testing"

	"surel/protocols/wire"
)

// byDigit gives lines that begin with a digit to the server.
func byDigit(line string, marked bool, d wire.Dir) wire.Dir {
	if !marked && line != "" && line[0] >= '0' && line[0] <= '9' {
		return wire.ServerToClient
	}
	return d
}

func TestParse(t *testing.T) {
	t.Parallel()
	const want = "S 220 a\nC EHLO b\nS 250-c\nS 250 d\nC QUIT\n"
	for name, text := range map[string]string{
		"RFC":   "S: 220 a\nC: EHLO b\nS: 250-c\nS: 250 d\nC: QUIT\n",
		"curl":  "* Connected to x\n< 220 a\r\n> EHLO b\r\n< 250-c\r\n< 250 d\r\n> QUIT\r\n* Closing\n",
		"swaks": "=== Trying x...\n=== Connected to x.\n<-  220 a\n -> EHLO b\n<-  250-c\n<** 250 d\n -> QUIT\n",
		"plain": "220 a\r\nEHLO b\r\n250-c\r\n250 d\r\nQUIT\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got strings.Builder
			for _, s := range Parse(text, byDigit) {
				got.WriteString(s.Dir.String() + " " + strings.TrimSuffix(string(s.Bytes), "\r\n") + "\n")
			}
			if got.String() != want {
				t.Errorf("got\n%swant\n%s", got.String(), want)
			}
		})
	}
}

func TestParseNothing(t *testing.T) {
	t.Parallel()
	if got := Parse("\n\r\n", byDigit); got != nil {
		t.Errorf("got %v of empty lines", got)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("S: 220 a\nC: EHLO b")
	f.Add(" -> a\n<-  b\n=== c")
	f.Add("> a\r\n< b\r\n* c")
	f.Fuzz(func(t *testing.T, text string) {
		n := 0
		for _, s := range Parse(text, byDigit) {
			if !strings.HasSuffix(string(s.Bytes), "\r\n") {
				t.Errorf("%q has no end of line", s.Bytes)
			}
			n += len(s.Bytes)
		}
		if limit := len(text) + 2*(strings.Count(text, "\n")+1); n > limit {
			t.Errorf("%d bytes came out of %d", n, len(text))
		}
	})
}
