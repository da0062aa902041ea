package smtp

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"
)

func newQueue(t *testing.T, dir string) *Queue {
	t.Helper()
	q, err := NewQueue(QueueConfig{Host: "mail.kampus.test", Dir: dir, Retry: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func TestEntrySurvives(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "queue")
	q := newQueue(t, dir)
	want := newEntry(envelope{from: "a@b.test", opt: gosmtp.MailOptions{UTF8: true, EnvelopeID: "x\ny"}},
		[]recipient{{address: "c@d.test", opt: gosmtp.RcptOptions{Notify: []gosmtp.DSNNotify{gosmtp.DSNNotifyNever}}}})
	want.Accepted = want.Accepted.Round(0)
	d, err := q.stage(want, []byte("satu\n\x00dua"))
	if err != nil {
		t.Fatal(err)
	}
	if again := newQueue(t, dir); len(again.jobs) != 0 {
		t.Error("a letter that nobody has promised is in the queue")
	}
	if err := d.Commit(); err != nil {
		t.Fatal(err)
	}
	again := newQueue(t, dir)
	if len(again.due(time.Now())) != 1 {
		t.Fatalf("got jobs %v, want one that is due", again.jobs)
	}
	got, letter, err := again.load(want.ID)
	if err != nil || string(letter) != "satu\n\x00dua" {
		t.Errorf("got letter %q, %v", letter, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestUnreadableStays keeps a file that it cannot read: it may be a letter.
func TestUnreadableStays(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "RUSAK")
	if err := os.WriteFile(path, []byte("bukan amplop"), 0o600); err != nil {
		t.Fatal(err)
	}
	q := newQueue(t, dir)
	q.work(t.Context(), q.due(time.Now())[0])
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
	if due := q.due(time.Now()); len(due) != 0 {
		t.Errorf("%v is due again at once", due)
	}
}
