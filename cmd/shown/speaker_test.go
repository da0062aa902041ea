package shown_test

import (
	"fmt"
	"regexp"
	"testing"
)

// TestTwoDevicesByHand does a task with two clients by typing for one and then for the
// other.
func TestTwoDevicesByHand(t *testing.T) {
	t.Parallel()
	const task = "imap/two-devices"
	d, done := openTask(t, task)
	as := func(client string) func(string) bool {
		return regexp.MustCompile(`(?m)^ *` + client + ` › a[0-9]+ *$`).MatchString
	}
	says := func(client string, lines ...string) {
		for _, line := range lines {
			d.until("the prompt of "+client, as(client))
			d.press(line, "enter")
		}
	}
	says("hp", "LOGIN guru@sekolah.test rahasia2", "SELECT INBOX", "IDLE")
	d.sees("+ idling")
	d.press("ctrl+t")
	says("laptop", "LOGIN guru@sekolah.test rahasia2", "SELECT INBOX", `STORE 2 +FLAGS (\Flagged)`)
	d.until("the end", func(string) bool { return !done.Record().Tasks[task].Done.IsZero() })
	d.press("ctrl+t", "DONE", "enter")
	d.sees("a3 OK")
}

// Tags go on inside TLS, where the server greets nobody, and none is used twice.
func TestTagsGoOnInsideTLS(t *testing.T) {
	t.Parallel()
	d, done := openTask(t, "tls/login-after")
	for tag, line := range []string{"NOOP", "STARTTLS", "LOGIN siswa@kampus.test rahasia"} {
		d.until("the next tag", regexp.MustCompile(fmt.Sprintf(`(?m)^ *› a%d *$`, tag+1)).MatchString)
		d.press(line, "enter")
	}
	d.until("the end", func(string) bool { return len(done.Record().Tasks) == 1 })
}
