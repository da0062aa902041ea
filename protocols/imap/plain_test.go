package imap

import (
	"strings"
	"testing"
)

var envelopes = []struct {
	text  string
	plain bool
}{
	{`* 1 FETCH (ENVELOPE ("Mon" "x" (("a" NIL "b" "c")("d" NIL "e" "f")) NIL NIL NIL NIL NIL NIL "<1@a>") UID 7)`, true},
	{`* 1 FETCH (ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL))`, true},
	{`* 1 FETCH (ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL))`, false},
	{`* 1 FETCH (ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL))`, false},
	{`* 1 FETCH (ENVELOPE (NIL NIL () NIL NIL NIL NIL NIL NIL NIL))`, false},
	{`* 1 FETCH (ENVELOPE (NIL NIL ((NIL NIL NIL)) NIL NIL NIL NIL NIL NIL NIL))`, false},
	{`* 1 FETCH (ENVELOPE (NIL NIL (NIL) NIL NIL NIL NIL NIL NIL NIL))`, false},
	{`* 1 FETCH (ENVELOPE (NIL "a\"b" NIL NIL NIL NIL NIL NIL NIL NIL))`, false},
	{`* 1 FETCH (ENVELOPE (NIL "a NIL NIL NIL NIL NIL NIL NIL NIL))`, false},
	{`* 1 FETCH (ENVELOPE ("é" NIL NIL NIL NIL NIL NIL NIL NIL NIL))`, false},
	{`* 1 FETCH (ENVELOPE`, false},
	{`* 1 FETCH (ENVELOPE )`, false},
	{`* 1 FETCH (UID 4 FLAGS (\Seen) RFC822.SIZE 12)`, true},
	{`* 1 FETCH (UID )`, false},
}

// faults gives what the grammar finds wrong with a response.
func faults(raw string) string {
	mistake, malformed := (&session{}).checkReply(raw, true)
	if malformed && mistake == "" {
		return "malformed"
	}
	return mistake
}

func TestPlainIsWhatTheGrammarFindsNothingWrongWith(t *testing.T) {
	t.Parallel()
	for _, e := range envelopes {
		raw := []byte(e.text + "\r\n")
		a := readAnnounced(raw)
		if got := plain(raw, &a); got != e.plain {
			t.Errorf("%s: plain is %v", e.text, got)
		}
		if why := faults(string(raw)); e.plain && why != "" {
			t.Errorf("%s: %s", e.text, why)
		}
	}
}

// FuzzPlain holds that the short way lets nothing pass in which the grammar
// finds a fault.
func FuzzPlain(f *testing.F) {
	for _, e := range envelopes {
		f.Add(e.text)
	}
	f.Add("* 3 EXISTS")
	f.Add("a OK done")
	f.Add("* 1 FETCH (BODY[] {3}\r\nabc)")
	f.Fuzz(func(t *testing.T, text string) {
		if i := strings.IndexByte(text, '\n'); i >= 0 && !strings.Contains(text, "{") {
			return // no response holds a line end outside a literal
		}
		raw := []byte(text + "\r\n")
		a := readAnnounced(raw)
		if plain(raw, &a) {
			if why := faults(string(raw)); why != "" {
				t.Errorf("%q is let pass: %s", text, why)
			}
		}
	})
}
