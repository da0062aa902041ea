package imap

import (
	"strings"
	"testing"

	"surel/protocols/transcript"
)

func TestSpeaker(t *testing.T) {
	t.Parallel()
	const text = "* OK hello {5}\na LOGIN guru {7}\n+ go on\nrahasia\na OK in\nb FETCH 1 BODY[]\n* 1 FETCH (BODY[] {20}\n" +
		"a line\n* 3 EXISTS\n)\nb OK done\nc APPEND x {9+}\n* OK abc\n\n+\nc OK\nd IDLE\n+ idling\n* 4 EXISTS\nDONE\nd OK"
	const want = "SCSCSCSSSSSCCCSSCSSCS"
	var got strings.Builder
	for _, s := range transcript.Parse(text, NewSpeaker()) {
		got.WriteString(s.Dir.String())
	}
	if got.String() != want {
		t.Errorf("the sides are\n%s, want\n%s", got.String(), want)
	}
}

func TestModifiedUTF7(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"INBOX":                 "INBOX",
		"~peter/mail/&U,BTFw-/": "~peter/mail/台北/",
		"R&-D":                  "R&D",
		"&2D3eAA-":              "😀",
	} {
		if got, ok := decodeUTF7(name); got != want || !ok {
			t.Errorf("%q is %q, %v", name, got, ok)
		}
	}
	for _, name := range []string{"&Jjo", "&Jj!-", "&2D0-", "&A-"} {
		if _, ok := decodeUTF7(name); ok {
			t.Errorf("%q is no modified UTF-7", name)
		}
	}
}
