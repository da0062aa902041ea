package pop3

import (
	"strings"
	"testing"

	"surel/protocols/transcript"
)

func TestSpeaker(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, want string }{
		{"+OK siap\nUSER a\n+OK\nPASS b\n+OK\nLIST\n+OK\n1 2\n.\nLIST 1\n+OK 1 2\nQUIT\n+OK", "SCSCSCSSSCSCS"},
		{"RETR 1\n+OK\nSubject: a\n\n+OK is text\n..\n.\nDELE 1\n-ERR", "CSSSSSSCS"},
		{"RETR 9\n-ERR\nQUIT\n+OK", "CSCS"},
		{"AUTH LOGIN\n+ VXNlcm5hbWU6\nZ3VydQ==\n+ UGFzc3dvcmQ6\ncmFoYXNpYQ==\n+OK\nSTAT\n+OK 0 0", "CSCSCSCS"},
		{"C: RETR 1\nS: +OK\nS: a\nS: .\nC: QUIT\nS: +OK", "CSSSCS"},
	} {
		var got strings.Builder
		for _, s := range transcript.Parse(test.text, NewSpeaker()) {
			got.WriteString(s.Dir.String())
		}
		if got.String() != test.want {
			t.Errorf("%q: the sides are %s, want %s", test.text, got.String(), test.want)
		}
	}
}
