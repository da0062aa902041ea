package mailbox

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// head is how much of a letter ReadHead reads at first: nearly every header.
const head = 4 << 10

// ReadHead gives the header of a letter, to the empty line that ends it, and
// the whole letter where there is no such line. The result must not be changed.
func (f *Folder) ReadHead(uid uint32) ([]byte, error) {
	if kept := f.keptHead(uid); kept != nil {
		return kept, nil
	}
	b, err := f.read(uid, readHead)
	if err != nil {
		return nil, err
	}
	b = headOf(b)
	f.keepHead(uid, b)
	return b, nil
}

// readHead reads as much of a letter as holds its header.
func readHead(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	b := make([]byte, head)
	n, err := io.ReadFull(file, b)
	b = b[:n]
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		err = nil
	case err == nil && !bytes.Contains(b, []byte("\n\r\n")) && !bytes.Contains(b, []byte("\n\n")):
		var rest []byte
		rest, err = io.ReadAll(file)
		b = append(b, rest...)
	}
	return b, errors.Join(err, file.Close())
}

// Read gives the bytes of a letter, exactly as they lie on the disk, and fails
// with ErrGone where the letter has gone.
func (f *Folder) Read(uid uint32) ([]byte, error) { return f.read(uid, os.ReadFile) }

func (f *Folder) read(uid uint32, read func(path string) ([]byte, error)) ([]byte, error) {
	// Flags may change, and with them the name of the file, between the look-up
	// and the reading; but not for ever.
	for range 10 {
		path, err := f.path(uid)
		if err != nil {
			return nil, err
		}
		b, err := read(path)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return b, err
		}
		f.lookAgain(path, uid)
	}
	return nil, f.letterGone(uid)
}

func (f *Folder) path(uid uint32) (string, error) {
	f.box.mu.Lock()
	defer f.box.mu.Unlock()
	if !f.loaded || f.stalled() {
		if err := f.sync(time.Now()); err != nil {
			return "", f.errorf("look into", err)
		}
	}
	l := f.find(uid)
	if l == nil {
		return "", f.letterGone(uid)
	}
	return filepath.Join(f.sub(l).Name(), l.file), nil
}

// stalled tells whether a file was not where it should be, so that the folders
// must be read before another is looked up.
func (f *Folder) stalled() bool { return f.scanned.IsZero() || f.cur == nil }

// lookAgain lets the next look-up read the folders, where the file that was
// not there is still believed to be the letter's.
func (f *Folder) lookAgain(path string, uid uint32) {
	f.box.mu.Lock()
	defer f.box.mu.Unlock()
	l := f.find(uid)
	if f.loaded && l != nil && filepath.Join(f.sub(l).Name(), l.file) == path {
		f.stale()
	}
}

func (f *Folder) letterGone(uid uint32) error {
	return fmt.Errorf("letter %d of %s: %w", uid, f.box.account.Address, ErrGone)
}

// Files gives the mailbox's files as they lie on the disk, by their paths from
// the mailbox's folder on, sorted: "cur/1753.M1.surel:2,S", ".Sent/cur/…".
func (m *Mailbox) Files() ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var files []string
	dirs, err := m.dirs()
	if err != nil {
		return nil, fmt.Errorf("list the files of %s: %w", m.account.Address, err)
	}
	for _, dir := range append([]string{"."}, dirs...) {
		for _, sub := range []string{"cur", "new", "tmp"} {
			entries, err := os.ReadDir(filepath.Join(m.dir, dir, sub))
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return nil, fmt.Errorf("list the files of %s: %w", m.account.Address, err)
			}
			for _, e := range entries {
				files = append(files, filepath.ToSlash(filepath.Join(dir, sub, e.Name())))
			}
		}
	}
	return files, nil
}
