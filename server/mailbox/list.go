package mailbox

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Entry is one letter of a mailbox.
type Entry struct {
	// Name is the letter's unique name; it stays when flags change.
	Name string
	// Flags are the letters of the Maildir's info, such as "S" for seen.
	Flags string
	// New tells that no mail program has seen the letter yet.
	New  bool
	path string
}

// List gives the letters of the mailbox, oldest first.
func (m *Mailbox) List() ([]Entry, error) {
	var list []Entry
	for _, sub := range []string{"new", "cur"} {
		files, err := os.ReadDir(filepath.Join(m.dir, sub))
		if err != nil {
			return nil, fmt.Errorf("list mailbox %s: %w", m.account.Address, err)
		}
		for _, f := range files {
			name := baseName(f.Name())
			flags := strings.TrimPrefix(strings.TrimPrefix(f.Name(), name), infoSeparator()+"2,")
			list = append(list, Entry{
				Name: name, Flags: flags, New: sub == "new",
				path: filepath.Join(m.dir, sub, f.Name()),
			})
		}
	}
	slices.SortFunc(list, func(a, b Entry) int { return cmp.Compare(a.Name, b.Name) })
	return list, nil
}

// Read gives the bytes of a letter.
func (m *Mailbox) Read(e Entry) ([]byte, error) {
	b, err := os.ReadFile(e.path)
	if errors.Is(err, fs.ErrNotExist) {
		// Another mail program has moved it or changed its flags.
		list, lerr := m.List()
		if lerr != nil {
			return nil, lerr
		}
		for _, other := range list {
			if other.Name == e.Name {
				b, err = os.ReadFile(other.path)
				break
			}
		}
	}
	if err != nil {
		return nil, fmt.Errorf("read letter of %s: %w", m.account.Address, err)
	}
	return b, nil
}
