package server

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"surel/server/pop3"
)

// holds keeps who reads which mailbox through POP3, one session at most.
type holds struct {
	mu   sync.Mutex
	held map[string]bool
}

func (h *holds) take(address string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.held[address] {
		return false
	}
	if h.held == nil {
		h.held = map[string]bool{}
	}
	h.held[address] = true
	return true
}

func (h *holds) free(address string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.held, address)
}

// maildrop is an INBOX under POP3's lock.
type maildrop struct {
	dir     string
	letters []pop3.Letter
	unlock  func()
}

var _ pop3.Maildrop = (*maildrop)(nil)

// maildrop locks the INBOX of an address.
func (l *Lab) maildrop(address string) (pop3.Maildrop, error) {
	if _, err := l.store.Mailbox(address); err != nil {
		return nil, err
	}
	if !l.pop3Holds.take(address) {
		return nil, fmt.Errorf("lock mailbox %s: %w", address, pop3.ErrInUse)
	}
	local, domain, _ := strings.Cut(address, "@")
	m := &maildrop{
		dir:    filepath.Join(l.cfg.Dir, "mail", domain, local),
		unlock: func() { l.pop3Holds.free(address) },
	}
	if err := m.list(); err != nil {
		m.Unlock()
		return nil, fmt.Errorf("list mailbox %s: %w", address, err)
	}
	return m, nil
}

func (m *maildrop) list() error {
	for _, sub := range []string{"cur", "new"} {
		files, err := os.ReadDir(filepath.Join(m.dir, sub))
		if err != nil {
			return err
		}
		for _, f := range files {
			info, err := f.Info()
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return err
			}
			name, _, _ := strings.Cut(f.Name(), ":")
			m.letters = append(m.letters, pop3.Letter{UID: name, Size: info.Size()})
		}
	}
	slices.SortFunc(m.letters, func(a, b pop3.Letter) int { return strings.Compare(a.UID, b.UID) })
	return nil
}

func (m *maildrop) path(i int) (string, error) {
	name := m.letters[i].UID
	fresh := filepath.Join(m.dir, "new", name)
	if _, err := os.Stat(fresh); err == nil {
		return fresh, nil
	}
	found, err := filepath.Glob(filepath.Join(m.dir, "cur", name+"*"))
	if err != nil || len(found) == 0 {
		return "", pop3.ErrGone
	}
	return found[0], nil
}

// Letters gives the letters as they were when the mailbox was locked.
func (m *maildrop) Letters() []pop3.Letter { return m.letters }

// Read opens a letter.
func (m *maildrop) Read(i int) (io.ReadCloser, error) {
	path, err := m.path(i)
	if err != nil {
		return nil, err
	}
	return os.Open(path)
}

// Delete removes letters.
func (m *maildrop) Delete(places []int) error {
	for _, p := range places {
		path, err := m.path(p)
		if errors.Is(err, pop3.ErrGone) {
			continue
		}
		if err == nil {
			err = os.Remove(path)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Unlock lets another session have the mailbox.
func (m *maildrop) Unlock() { m.unlock() }
