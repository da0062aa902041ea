package mailbox

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Reasons for which a mailbox does not do what it is asked for.
var (
	ErrUnknown = errors.New("no such mailbox")
	ErrFull    = errors.New("mailbox is full")
	ErrInUse   = errors.New("mailbox is in use by another session")
)

// staleAfter is when a file in tmp belongs to a delivery that will not end.
const staleAfter = 36 * time.Hour

// Mailbox is the mail of one account: an INBOX and further folders.
type Mailbox struct {
	dir      string
	account  Account
	opt      Options
	inbox    *Folder
	used     atomic.Int64 // bytes of letters, those under delivery included
	claimed  atomic.Bool
	watchers watchers

	mu      sync.Mutex // over the folders and what they hold
	folders map[string]*Folder
}

func openMailbox(dir string, a Account, o Options) (*Mailbox, error) {
	m := &Mailbox{dir: dir, account: a, opt: o, folders: map[string]*Folder{}}
	m.inbox = newFolder(m, Inbox, dir)
	m.folders[Inbox] = m.inbox
	err := m.inbox.openDirs()
	if err == nil {
		err = m.sweep(time.Now())
	}
	if err == nil {
		err = m.measure()
	}
	if err != nil {
		m.close()
		return nil, err
	}
	return m, nil
}

// close lets go of the folders; the letters stay.
func (m *Mailbox) close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, f := range m.folders {
		f.unload()
	}
}

// sweep removes what deliveries that never ended have left.
func (m *Mailbox) sweep(now time.Time) error {
	left, err := os.ReadDir(filepath.Join(m.dir, "tmp"))
	if err != nil {
		return err
	}
	for _, e := range left {
		info, err := e.Info()
		if err == nil && now.Sub(info.ModTime()) > staleAfter {
			_ = os.Remove(filepath.Join(m.dir, "tmp", e.Name()))
		}
	}
	return nil
}

// measure counts the letters once; deliveries and expunges keep the count.
func (m *Mailbox) measure() error {
	if m.account.Quota == 0 {
		return nil
	}
	dirs, err := m.dirs()
	if err != nil {
		return err
	}
	for _, dir := range append([]string{"."}, dirs...) {
		for _, sub := range []string{"new", "cur"} {
			if err := m.measureDir(filepath.Join(m.dir, dir, sub)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *Mailbox) measureDir(path string) error {
	entries, err := os.ReadDir(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // a reader was faster
		}
		if err != nil {
			return err
		}
		m.used.Add(info.Size())
	}
	return err
}

// Account gives the mailbox's owner.
func (m *Mailbox) Account() Account { return m.account }

// Inbox gives the folder that letters are delivered to.
func (m *Mailbox) Inbox() *Folder { return m.inbox }

// Room tells, by ErrFull, whether the mailbox can take any letter at all.
func (m *Mailbox) Room() error { return m.fits(m.used.Load() + 1) }

func (m *Mailbox) fits(size int64) error {
	if m.account.Quota > 0 && size > m.account.Quota {
		return fmt.Errorf("mailbox %s: %w", m.account.Address, ErrFull)
	}
	return nil
}

// Claim makes the caller the only one who has claimed the mailbox, until
// release is called, and fails with ErrInUse where somebody else has. POP3
// demands it (RFC 1939 §4); deliveries and IMAP go on.
func (m *Mailbox) Claim() (release func(), err error) {
	if !m.claimed.CompareAndSwap(false, true) {
		return nil, fmt.Errorf("claim mailbox %s: %w", m.account.Address, ErrInUse)
	}
	return sync.OnceFunc(func() { m.claimed.Store(false) }), nil
}

// Watch starts to tell of changes, until the watcher is stopped.
func (m *Mailbox) Watch() *Watcher { return m.watchers.add() }

// validityFile holds the last UIDVALIDITY that a folder of the mailbox got.
const validityFile = "surel.uidvalidity"

// newValidity gives a UIDVALIDITY that no folder of this mailbox has had.
func (m *Mailbox) newValidity() (uint32, error) {
	path := filepath.Join(m.dir, validityFile)
	last, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, err
	}
	before, _ := strconv.ParseUint(strings.TrimSpace(string(last)), 10, 32)
	v := max(uint32(before)+1, uint32(time.Now().Unix()))
	text := strconv.AppendUint(nil, uint64(v), 10)
	return v, replaceFile(path, append(text, '\n'), !m.opt.NoFsync)
}
