package mailbox

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"
)

// Reasons for which a mailbox does not take a letter.
var (
	ErrUnknown = errors.New("no such mailbox")
	ErrFull    = errors.New("mailbox is full")
)

// staleAfter is when a file in tmp belongs to a delivery that will not end.
const staleAfter = 36 * time.Hour

// Mailbox is the Maildir of one account.
type Mailbox struct {
	dir     string
	account Account
	opt     Options
	tmp     *os.File // the open folders of a delivery: tmp and new
	fresh   *os.File
	used    atomic.Int64 // bytes of letters, those under delivery included
}

func open(dir string, a Account, o Options) (*Mailbox, error) {
	m := &Mailbox{dir: dir, account: a, opt: o}
	for _, sub := range []string{"tmp", "new", "cur"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
			return nil, err
		}
	}
	err := m.sweep(time.Now())
	if err == nil {
		err = m.measure()
	}
	if err == nil {
		m.tmp, err = os.Open(filepath.Join(dir, "tmp"))
	}
	if err == nil {
		m.fresh, err = os.Open(filepath.Join(dir, "new"))
	}
	if err != nil {
		m.close()
		return nil, err
	}
	return m, nil
}

// close lets go of the folders; the letters stay.
func (m *Mailbox) close() {
	_ = m.tmp.Close() // a nil file takes it
	_ = m.fresh.Close()
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

// measure counts the letters once; deliveries keep the count.
func (m *Mailbox) measure() error {
	if m.account.Quota == 0 {
		return nil
	}
	for _, sub := range []string{"new", "cur"} {
		entries, err := os.ReadDir(filepath.Join(m.dir, sub))
		if err != nil {
			return err
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
	}
	return nil
}

// Account gives the mailbox's owner.
func (m *Mailbox) Account() Account { return m.account }

// Room tells, by ErrFull, whether the mailbox can take any letter at all.
func (m *Mailbox) Room() error { return m.fits(m.used.Load() + 1) }

func (m *Mailbox) fits(size int64) error {
	if m.account.Quota > 0 && size > m.account.Quota {
		return fmt.Errorf("mailbox %s: %w", m.account.Address, ErrFull)
	}
	return nil
}
