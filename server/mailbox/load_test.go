package mailbox_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"surel/server/mailbox"
)

var testTime = time.Date(2026, time.August, 17, 10, 0, 0, 0, time.UTC)

func all(s *mailbox.Snapshot) []uint32 {
	uids := make([]uint32, len(s.Letters))
	for i, l := range s.Letters {
		uids[i] = l.UID
	}
	return uids
}

func add(flags mailbox.Flags) func(mailbox.Flags) mailbox.Flags {
	return func(f mailbox.Flags) mailbox.Flags { return f | flags }
}

// TestManyAtOnce lets several deliver, flag, move and expunge at the same time:
// no letter may be lost, doubled or get the UID of another.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	s := mailbox.Open(t.TempDir(), []mailbox.Account{{Address: owner}}, mailbox.Options{NoFsync: true})
	t.Cleanup(s.Close)
	box, err := s.Mailbox(owner)
	if err != nil {
		t.Fatal(err)
	}
	archive, err := box.Folder("Archive")
	if err != nil {
		t.Fatal(err)
	}
	const deliverers, each = 4, 200
	var delivering, working sync.WaitGroup
	for g := range deliverers {
		delivering.Go(func() {
			for i := range each {
				if err := box.Deliver(fmt.Appendf(nil, "%d.%d", g, i)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	done := make(chan struct{})
	var mu sync.Mutex
	ids := map[uint32]string{} // by UID in INBOX
	expunged := 0
	for g := range 4 {
		working.Go(func() {
			for last := false; !last; {
				select {
				case <-done:
					last = true // one more time over what has come
				default:
				}
				now, err := box.Inbox().Snapshot()
				if err != nil {
					t.Error(err)
					return
				}
				for _, l := range now.Letters {
					if l.UID%4 != uint32(g) {
						continue
					}
					text, err := box.Inbox().Read(l.UID)
					mu.Lock()
					if was, ok := ids[l.UID]; err != nil || ok && was != string(text) {
						t.Errorf("UID %d was %q and is %q, %v", l.UID, was, text, err)
					}
					ids[l.UID] = string(text)
					mu.Unlock()
					one := []uint32{l.UID}
					err = box.Inbox().Update(one, add(mailbox.Seen))
					if err == nil && l.UID%3 == 0 {
						_, err = box.Inbox().Move(one, archive)
					} else if err == nil {
						err = box.Inbox().Expunge(one)
						mu.Lock()
						expunged++
						mu.Unlock()
					}
					if err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	delivering.Wait()
	close(done)
	working.Wait()
	kept := len(snapshot(t, archive).Letters)
	if left := len(snapshot(t, box.Inbox()).Letters); left != 0 || len(ids) != deliverers*each || kept+expunged != len(ids) {
		t.Errorf("%d letters came, %d were seen, %d moved, %d removed, %d left", deliverers*each, len(ids), kept, expunged, left)
	}
	files, err := box.Files()
	if err != nil || len(files) != kept {
		t.Errorf("%d files for %d letters, %v", len(files), kept, err)
	}
}

func TestFlagsAreFileNames(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	m := open(t, dir, 0)
	inbox := m.Inbox()
	deliver(t, m, "surat")
	watcher := m.Watch()
	defer watcher.Stop()
	files := func() string {
		f, err := m.Files()
		if err != nil || len(f) != 1 {
			t.Fatalf("files %v, %v", f, err)
		}
		sub, name, _ := strings.Cut(f[0], "/")
		_, info, _ := strings.Cut(name, ":")
		return sub + " " + info
	}
	step := func(want string, err error) {
		t.Helper()
		if got := files(); err != nil || got != want {
			t.Errorf("got %q, %v, want %q", got, err, want)
		}
		select {
		case <-watcher.C:
		default:
			t.Errorf("nobody was told of %q", want)
		}
	}
	if got := files(); got != "new " {
		t.Errorf("got %q", got)
	}
	_, err := inbox.Accept()
	step("cur 2,", err)
	step("cur 2,RS", inbox.Update([]uint32{1}, add(mailbox.Seen|mailbox.Replied)))
	word, err := inbox.Keyword("$Penting")
	step("cur 2,RSa", firstError(err, inbox.Update([]uint32{1}, add(word))))
	again := open(t, dir, 0)
	now := snapshot(t, again.Inbox())
	if got := now.Letters[0].Flags.Keywords(now.Keywords); !slices.Equal(got, []string{"$Penting"}) {
		t.Errorf("keywords %q", got)
	}
	same, err := again.Inbox().Keyword("$PENTING")
	if same != word || err != nil {
		t.Errorf("keyword %x, %v, want %x", same, err, word)
	}
	step("cur 2,", inbox.Update([]uint32{1}, func(mailbox.Flags) mailbox.Flags { return 0 }))
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// TestStrangersDelivery takes in what another program has put into new.
func TestStrangersDelivery(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	m := open(t, dir, 0)
	deliver(t, m, "surat kami")
	box := filepath.Join(dir, "kampus.test", "siswa")
	for _, name := range []string{"9.orang-lain", "8.orang-lain:2,FX"} {
		if err := os.WriteFile(filepath.Join(box, "new", name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	now := snapshot(t, m.Inbox())
	if got := all(now); !slices.Equal(got, []uint32{1, 2, 3}) {
		t.Fatalf("UIDs %v", got)
	}
	if err := m.Inbox().Update(all(now), add(mailbox.Seen)); err != nil {
		t.Fatal(err)
	}
	files, err := m.Files()
	if err != nil || !slices.Contains(files, "cur/8.orang-lain:2,FSX") {
		t.Errorf("a flag that we do not know was lost: %v, %v", files, err)
	}
}

func TestCopyAndMove(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	m := open(t, dir, 0)
	if err := m.Create("Tugas.Akhir é", ""); err != nil {
		t.Fatal(err)
	}
	there, err := m.Folder("Tugas.Akhir é")
	if err != nil {
		t.Fatal(err)
	}
	word, err := m.Inbox().Keyword("Penting")
	if err != nil {
		t.Fatal(err)
	}
	uid, err := m.Inbox().Append([]byte("surat"), mailbox.Flagged|word, testTime)
	if err != nil {
		t.Fatal(err)
	}
	copied, err := m.Inbox().Copy([]uint32{uid, 99}, there)
	if err != nil || !slices.Equal(copied.To, []uint32{1}) {
		t.Fatalf("copied %+v, %v", copied, err)
	}
	moved, err := m.Inbox().Move([]uint32{uid}, there)
	if err != nil || !slices.Equal(moved.To, []uint32{2}) {
		t.Fatalf("moved %+v, %v", moved, err)
	}
	if err := m.Rename("Tugas", "X"); err == nil {
		t.Error("a folder that is not there was renamed")
	}
	if err := m.Rename("Tugas.Akhir é", "Selesai"); err != nil {
		t.Fatal(err)
	}
	again, err := open(t, dir, 0).Folder("Selesai")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []*mailbox.Folder{there, again} {
		now := snapshot(t, f)
		if len(now.Letters) != 2 || now.UIDValidity != copied.UIDValidity {
			t.Fatalf("got %+v", now)
		}
		for _, l := range now.Letters {
			words := l.Flags.Keywords(now.Keywords)
			if !l.Flags.Has(mailbox.Flagged) || !slices.Equal(words, []string{"Penting"}) || !l.Received().Equal(testTime) {
				t.Errorf("got %+v with %v", l, words)
			}
		}
	}
	if n := len(snapshot(t, m.Inbox()).Letters); n != 0 {
		t.Errorf("%d letters stayed", n)
	}
}

func TestDeleteThenCreate(t *testing.T) {
	t.Parallel()
	m := open(t, t.TempDir(), 0)
	seen := map[uint32]bool{}
	for range 3 {
		if err := m.Create("Sementara", ""); err != nil {
			t.Fatal(err)
		}
		f, err := m.Folder("Sementara")
		if err != nil {
			t.Fatal(err)
		}
		v := snapshot(t, f).UIDValidity
		if seen[v] {
			t.Errorf("UIDVALIDITY %d comes twice", v)
		}
		seen[v] = true
		if err := m.Delete("Sementara"); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Snapshot(); err == nil {
			t.Error("a folder that was deleted can be read")
		}
	}
}

func TestClaim(t *testing.T) {
	t.Parallel()
	m := open(t, t.TempDir(), 0)
	release, err := m.Claim()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Claim(); err == nil {
		t.Error("claimed twice")
	}
	release()
	release() // the second does nothing
	if _, err := m.Claim(); err != nil {
		t.Error(err)
	}
}

// TestCompaction lets far more letters come and go than stay.
func TestCompaction(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := mailbox.Open(dir, []mailbox.Account{{Address: owner}}, mailbox.Options{NoFsync: true})
	box, err := s.Mailbox(owner)
	if err != nil {
		t.Fatal(err)
	}
	for range 30 {
		for range 40 {
			deliver(t, box, "surat")
		}
		if err := box.Inbox().Expunge(all(snapshot(t, box.Inbox()))); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	index, err := os.ReadFile(filepath.Join(dir, "kampus.test", "siswa", "surel.index"))
	if err != nil || strings.Count(string(index), "\n") > 1500 {
		t.Errorf("the index has %d lines, %v", strings.Count(string(index), "\n"), err)
	}
	if next := snapshot(t, open(t, dir, 0).Inbox()).UIDNext; next != 1201 {
		t.Errorf("UIDNEXT is %d, want 1201", next)
	}
}
