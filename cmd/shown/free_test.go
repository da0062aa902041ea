package shown_test

import (
	"strings"
	"testing"
)

// What is done in free play counts for nothing, and the task waits as it was.
func TestFreePlay(t *testing.T) {
	t.Parallel()
	d, done := openTask(t, "smtp/first-letter")
	says := func(lines ...string) {
		for _, line := range lines {
			d.until("the prompt", emptyPrompt.MatchString)
			before := d.view()
			d.press(line, "enter")
			d.until("the answer to "+line, func(view string) bool { return view != before && emptyPrompt.MatchString(view) })
		}
	}
	envelope := []string{"MAIL FROM:<siswa@kampus.test>", "RCPT TO:<guru@sekolah.test>", "DATA", "Halo.", "."}
	d.sees("220 mx1")
	says("EHLO laptop.kampus.test")
	d.sees("250-Hello laptop")
	d.until("rest", atRest)
	d.press("esc", "f")
	d.sees("(free play)")
	d.press("i")
	d.sees("220 mx1")
	says("EHLO hp.sekolah.test")
	says(envelope...)
	d.sees("queued")
	d.until("rest", atRest)
	d.press("esc", "esc")
	d.until("the task", func(view string) bool {
		return !strings.Contains(view, "(free play)") && strings.Contains(view, "EHLO laptop.kampus.test")
	})
	if view := d.view(); strings.Contains(view, "hp.sekolah.test") || strings.Contains(view, "queued") {
		t.Fatalf("free play is seen in the task:\n%s", view)
	}
	if n := len(done.Record().Tasks); n > 0 || !strings.Contains(d.view(), "new letters: 0 of 1") {
		t.Fatalf("free play counts (%d tasks done):\n%s", n, d.view())
	}
	d.press("i")
	says(envelope...)
	d.until("the end", func(string) bool { return len(done.Record().Tasks) == 1 })
}
