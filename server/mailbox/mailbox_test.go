package mailbox_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"surel/server/mailbox"
)

const owner = "siswa@kampus.test"

func open(t *testing.T, dir string, quota int64) *mailbox.Mailbox {
	t.Helper()
	s := mailbox.Open(dir, []mailbox.Account{{Address: owner, Quota: quota}}, mailbox.Options{})
	t.Cleanup(s.Close)
	m, err := s.Mailbox("Siswa@Kampus.TEST")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func deliver(t *testing.T, m *mailbox.Mailbox, text string) {
	t.Helper()
	if err := m.Deliver([]byte(text)); err != nil {
		t.Fatal(err)
	}
}

func list(t *testing.T, m *mailbox.Mailbox) []mailbox.Letter {
	t.Helper()
	return snapshot(t, m.Inbox()).Letters
}

func snapshot(t *testing.T, f *mailbox.Folder) *mailbox.Snapshot {
	t.Helper()
	s, err := f.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestDeliverAndRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	m := open(t, dir, 0)
	for i := range 20 {
		deliver(t, m, fmt.Sprint("surat ", i))
	}
	// A mail program has seen the first: it moves the file and adds a flag.
	box := filepath.Join(dir, "kampus.test", "siswa")
	before := list(t, m)
	seen := filepath.Join(box, "cur", before[0].Name+":2,S")
	if err := os.Rename(filepath.Join(box, "new", before[0].Name), seen); err != nil {
		t.Fatal(err)
	}
	after := list(t, open(t, dir, 0))
	if after[0].Flags != mailbox.Seen || after[0].New || after[1].Flags != 0 || !after[1].New {
		t.Errorf("got %+v and %+v", after[0], after[1])
	}
	for i, l := range after {
		if text, err := m.Inbox().Read(l.UID); err != nil || string(text) != fmt.Sprint("surat ", i) {
			t.Errorf("letter %d is %q, %v", i, text, err)
		}
		if l.UID != before[i].UID || l.UID != uint32(i+1) {
			t.Errorf("letter %d has UID %d, and had %d", i, l.UID, before[i].UID)
		}
	}
	if err := os.Remove(seen); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Inbox().Read(after[0].UID); !errors.Is(err, mailbox.ErrGone) {
		t.Errorf("a letter that is gone gives %v", err)
	}
}

func TestUnknown(t *testing.T) {
	t.Parallel()
	s := mailbox.Open(t.TempDir(), nil, mailbox.Options{})
	if _, err := s.Mailbox("../../etc@kampus.test"); !errors.Is(err, mailbox.ErrUnknown) {
		t.Errorf("got %v, want ErrUnknown", err)
	}
}

func TestStageThenAbort(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	m := open(t, dir, 10)
	d, err := m.Stage([]byte("12345678"))
	if err != nil {
		t.Fatal(err)
	}
	if got := list(t, m); len(got) != 0 {
		t.Errorf("a letter that nobody has promised can be seen: %v", got)
	}
	if _, err := m.Stage([]byte("123")); !errors.Is(err, mailbox.ErrFull) {
		t.Errorf("got %v, want ErrFull", err)
	}
	d.Abort()
	deliver(t, m, "1234567890")
	if err := m.Room(); !errors.Is(err, mailbox.ErrFull) {
		t.Errorf("got %v, want ErrFull", err)
	}
	if err := open(t, dir, 10).Room(); !errors.Is(err, mailbox.ErrFull) {
		t.Errorf("opened again: got %v, want ErrFull", err)
	}
	if err := open(t, dir, 11).Room(); err != nil {
		t.Errorf("one byte is left: %v", err)
	}
}

// TestQuotaHoldsAtOnce lets many deliver at the same time.
func TestQuotaHoldsAtOnce(t *testing.T) {
	t.Parallel()
	m := open(t, t.TempDir(), 50)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() { _ = m.Deliver([]byte("1234567890")) })
	}
	all.Wait()
	if got := len(list(t, m)); got > 5 {
		t.Errorf("a quota of 50 bytes took %d letters of 10", got)
	}
}

func TestSweep(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	open(t, dir, 0)
	tmp := filepath.Join(dir, "kampus.test", "siswa", "tmp")
	for name, age := range map[string]time.Duration{"old": 40 * time.Hour, "young": time.Hour} {
		path := filepath.Join(tmp, name)
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		then := time.Now().Add(-age)
		if err := os.Chtimes(path, then, then); err != nil {
			t.Fatal(err)
		}
	}
	open(t, dir, 0)
	left, err := os.ReadDir(tmp)
	if err != nil || len(left) != 1 || left[0].Name() != "young" {
		t.Errorf("tmp holds %v (%v), want the young file alone", left, err)
	}
}
