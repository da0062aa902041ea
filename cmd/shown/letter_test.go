package shown_test

import (
	"regexp"
	"strings"
	"testing"
)

// The lines of a letter are seen inside TLS before its dot comes, a password is not; and
// once the server hands the letter on, the prompt says who types.
func TestLetterInsideTLS(t *testing.T) {
	t.Parallel()
	d, _ := openTask(t, "suite/hand-in")
	d.sees("220 mail")
	d.until("the prompt", emptyPrompt.MatchString)
	for _, s := range []struct{ line, then string }{
		{"EHLO laptop.kampus.test", "Hello laptop"},
		{"AUTH PLAIN AHNpc3dhQGthbXB1cy50ZXN0AHJhaGFzaWE=", "[235 "},
		{"MAIL FROM:<siswa@kampus.test>", "Roger"},
		{"RCPT TO:<guru@sekolah.test>", "make sure"},
		{"DATA", "[354 "},
		{"Subject: Ujian", "[Subject: Ujian …]"},
		{".", "queued"},
	} {
		d.press(s.line, "enter")
		d.sees(s.then)
		d.until("rest", atRest)
	}
	if view := d.view(); !strings.Contains(view, "─── [AUTH PLAIN ••••] ─") {
		t.Errorf("the password is not masked:\n%s", view)
	}
	d.until("the typist's name", regexp.MustCompile(`(?m)^ *laptop › *$`).MatchString)
}
