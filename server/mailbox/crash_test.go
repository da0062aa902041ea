package mailbox_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"surel/server/mailbox"
)

// crashDir tells the test binary that it is the process that will be killed.
const crashDir = "SUREL_TEST_CRASH_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		if err := work(dir, os.Getenv("SUREL_TEST_CRASH_ROUND"), os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		os.Exit(1)
	}
	goleak.VerifyTestMain(m)
}

func openBox(dir string) (*mailbox.Store, *mailbox.Mailbox, *mailbox.Folder, error) {
	s := mailbox.Open(dir, []mailbox.Account{{Address: owner}}, mailbox.Options{})
	box, err := s.Mailbox(owner)
	if err != nil {
		return nil, nil, nil, err
	}
	archive, err := box.Folder("Archive")
	return s, box, archive, err
}

// work changes a mailbox from several sides until it is killed, and says what
// it is about to do with a letter and what is done.
func work(dir, round string, out io.Writer) error {
	_, box, archive, err := openBox(dir)
	if err != nil {
		return err
	}
	var mu sync.Mutex
	say := func(format string, a ...any) {
		mu.Lock()
		defer mu.Unlock()
		_, _ = fmt.Fprintf(out, format+"\n", a...)
	}
	failed := make(chan error)
	for g := range 3 {
		go func() {
			for i := 0; ; i++ {
				id := fmt.Sprintf("%s.%d.%d", round, g, i)
				if err := letterLife(box, archive, id, i, say); err != nil {
					failed <- fmt.Errorf("letter %s: %w", id, err)
					return
				}
			}
		}()
	}
	return <-failed
}

func letterLife(box *mailbox.Mailbox, archive *mailbox.Folder, id string, i int, say func(string, ...any)) error {
	inbox := box.Inbox()
	say("begin %s", id)
	if i%4 == 3 {
		if err := box.Deliver([]byte(id)); err != nil {
			return err
		}
		say("inbox %s 0 -", id)
		_, err := inbox.Snapshot()
		return err
	}
	uid, err := inbox.Append([]byte(id), 0, testTime)
	if err != nil {
		return err
	}
	say("inbox %s %d -", id, uid)
	say("begin %s", id)
	err = inbox.Update([]uint32{uid}, func(f mailbox.Flags) mailbox.Flags { return f | mailbox.Seen })
	if err != nil {
		return err
	}
	say("inbox %s %d S", id, uid)
	say("begin %s", id)
	switch i % 4 {
	case 0:
		if err := inbox.Expunge([]uint32{uid}); err != nil {
			return err
		}
		say("gone %s 0 -", id)
	case 1:
		moved, err := inbox.Move([]uint32{uid}, archive)
		if err != nil {
			return err
		}
		say("archive %s %d S", id, moved.To[0])
	default:
		say("inbox %s %d S", id, uid)
	}
	return nil
}

// state is what is known of a letter.
type state struct {
	where string // inbox, archive or gone
	uid   uint32 // zero: never told
	seen  bool
	open  bool // something was under way when the process was killed
}

// TestKill kills a process that changes a mailbox, again and again.
func TestKill(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	letters := map[string]*state{}
	owners := map[string]string{} // of UIDs, over all rounds
	for round := range 6 {
		killOnce(t, dir, round, letters)
		check(t, dir, letters, owners)
		for _, l := range letters {
			l.open = false
		}
	}
	if len(letters) < 50 {
		t.Errorf("only %d letters were made", len(letters))
	}
}

func killOnce(t *testing.T, dir string, round int, letters map[string]*state) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), crashDir+"="+dir, fmt.Sprint("SUREL_TEST_CRASH_ROUND=", round))
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err == nil {
		err = child.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	left := 50 + rand.IntN(400)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if left--; left == 0 {
			_ = child.Process.Kill()
		}
		var what, id, seen string
		var uid uint32
		_, _ = fmt.Sscan(lines.Text(), &what, &id, &uid, &seen)
		l := letters[id]
		switch {
		case what == "begin" && l == nil:
			letters[id] = &state{where: "gone", open: true}
		case what == "begin":
			l.open = true
		case l != nil && seen != "": // a last line may be cut
			*l = state{where: what, uid: uid, seen: seen == "S"}
		}
	}
	if err := child.Wait(); child.ProcessState.Exited() {
		t.Fatalf("the process ended by itself: %v", err)
	}
}

func check(t *testing.T, dir string, letters map[string]*state, owners map[string]string) {
	t.Helper()
	s, box, archive, err := openBox(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	found := map[string]state{}
	for where, f := range map[string]*mailbox.Folder{"inbox": box.Inbox(), "archive": archive} {
		for _, l := range snapshot(t, f).Letters {
			text, err := f.Read(l.UID)
			id := string(text)
			if err != nil || letters[id] == nil {
				t.Errorf("letter %d of %s is %q, %v", l.UID, where, text, err)
				continue
			}
			if was, twice := found[id]; twice {
				t.Errorf("letter %s is in %s and in %s", id, was.where, where)
			}
			found[id] = state{where: where, uid: l.UID, seen: l.Flags.Has(mailbox.Seen)}
			key := fmt.Sprint(where, " ", l.UID)
			if owner := owners[key]; owner != "" && owner != id {
				t.Errorf("UID %s was that of %s and is that of %s", key, owner, id)
			}
			owners[key] = id
		}
	}
	for id, l := range letters {
		is, there := found[id]
		if !there {
			is.where = "gone"
		}
		if !l.open && (is.where != l.where || is.seen != l.seen || (l.uid != 0 && is.uid != l.uid)) {
			t.Errorf("letter %s was %+v and is %+v", id, *l, is)
		}
		if l.uid != 0 {
			owners[fmt.Sprint(strings.TrimSpace(l.where), " ", l.uid)] = id
		}
		*l = state{where: is.where, uid: is.uid, seen: is.seen}
	}
}

// TestCutIndex opens an index whose last line a crash has cut.
func TestCutIndex(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, box, _, err := openBox(dir)
	if err != nil {
		t.Fatal(err)
	}
	deliver(t, box, "satu")
	validity := snapshot(t, box.Inbox()).UIDValidity
	s.Close()
	f, err := os.OpenFile(dir+"/kampus.test/siswa/surel.index", os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.WriteString("+ 2 4 17")
	if err = errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	for want := uint32(2); want < 4; want++ { // the second time the cut line must have gone
		s, box, _, err = openBox(dir)
		if err != nil {
			t.Fatal(err)
		}
		deliver(t, box, "lagi")
		now := snapshot(t, box.Inbox())
		if last := now.Letters[len(now.Letters)-1]; last.UID != want || now.UIDValidity != validity {
			t.Errorf("got UID %d of %d, want %d of %d", last.UID, now.UIDValidity, want, validity)
		}
		s.Close()
	}
}
