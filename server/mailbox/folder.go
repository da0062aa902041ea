package mailbox

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync/atomic"
	"time"
)

// Inbox is the folder that letters are delivered to.
const Inbox = "INBOX"

// Reasons for which a folder does not do what it is asked for.
var (
	ErrNoFolder     = errors.New("no such folder")
	ErrFolderExists = errors.New("folder exists already")
	ErrGone         = errors.New("letter has gone")
)

// Folder is one Maildir: the mailbox's own (INBOX) or one inside it. It is safe
// for concurrent use. All folders of a mailbox share the mailbox's lock, so
// that a move between two of them is one step for everybody else.
type Folder struct {
	box  *Mailbox
	name atomic.Pointer[string]

	// All below is kept under the mailbox's lock.
	dir  string
	gone bool

	tmp, fresh, cur *os.File // the open folders; nil where nobody needed them yet

	loaded   bool
	index    *index
	next     uint32 // the UID of the next letter
	letters  []letter
	byName   map[string]uint32
	unsaved  int // how many of the last letters have no line in the index yet
	keywords []string

	heads heads

	version uint64
	current *Snapshot // nil where letters have changed since

	scanned time.Time
	mtimes  [2]time.Time // of new and cur before the last scan
	dirty   bool         // the times cannot tell whether others have changed something
}

// letter is a letter with its file.
type letter struct {
	Letter
	file string // its name in new or cur
}

// sub gives the open folder that holds the letter's file.
func (f *Folder) sub(l *letter) *os.File {
	if l.New {
		return f.fresh
	}
	return f.cur
}

// Snapshot is a folder at one moment. It must not be changed.
type Snapshot struct {
	// UIDValidity tells this folder's UIDs from those of a folder that had the
	// same name before (RFC 9051 §2.3.1.1).
	UIDValidity uint32
	// UIDNext is lower than the UID of any letter to come.
	UIDNext uint32
	// Letters lie in the order of their UIDs.
	Letters []Letter
	// Keywords are the folder's keywords, for Flags.Keywords.
	Keywords []string
	// Version grows with every change of the folder.
	Version uint64
}

// UIDL gives the unique-id of a letter: it stays the same over sessions and is
// never given to another letter (RFC 1939 §7).
func (s *Snapshot) UIDL(l Letter) string {
	b := strconv.AppendUint(make([]byte, 0, 24), uint64(s.UIDValidity), 10)
	return string(strconv.AppendUint(append(b, '.'), uint64(l.UID), 10))
}

// Find gives the place of a letter among the letters; false where it is not
// there.
func (s *Snapshot) Find(uid uint32) (int, bool) {
	return slices.BinarySearchFunc(s.Letters, uid, func(l Letter, uid uint32) int { return cmpUID(l.UID, uid) })
}

func cmpUID(a, b uint32) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Snapshot gives the folder as it is now. It reads no letter, and looks into
// the folders again only where their times say that somebody else has been
// there. The UIDs in it will hold, whatever happens afterwards.
func (f *Folder) Snapshot() (*Snapshot, error) {
	f.box.mu.Lock()
	defer f.box.mu.Unlock()
	return f.snapshot()
}

func (f *Folder) snapshot() (*Snapshot, error) {
	if err := f.sync(time.Now()); err != nil {
		return nil, f.errorf("look into", err)
	}
	if err := f.save(); err != nil {
		return nil, f.errorf("write the index of", err)
	}
	if f.current == nil {
		s := &Snapshot{
			UIDValidity: f.index.validity, UIDNext: f.next, Version: f.version,
			Letters: make([]Letter, len(f.letters)), Keywords: slices.Clone(f.keywords),
		}
		for i := range f.letters {
			s.Letters[i] = f.letters[i].Letter
		}
		f.current = s
	}
	return f.current, nil
}

// save writes the lines of the letters that have none yet.
func (f *Folder) save() error {
	if f.unsaved == 0 {
		return nil
	}
	var b []byte
	for i := len(f.letters) - f.unsaved; i < len(f.letters); i++ {
		b = appendLine(b, &f.letters[i])
	}
	if err := f.index.add(b, f.unsaved, true); err != nil {
		return err
	}
	f.index.next = f.next
	f.unsaved = 0
	return nil
}

// changed notes a change; the caller tells the watchers once the lock is free.
func (f *Folder) changed() {
	f.version++
	f.current = nil
}

// find gives a letter; nil where it has gone.
func (f *Folder) find(uid uint32) *letter {
	i, ok := slices.BinarySearchFunc(f.letters, uid, func(l letter, uid uint32) int { return cmpUID(l.UID, uid) })
	if !ok {
		return nil
	}
	return &f.letters[i]
}

// add takes in a letter whose file is there and gives it the next UID.
func (f *Folder) add(l letter) *letter {
	l.UID = f.next
	f.next++
	f.letters = append(f.letters, l)
	f.byName[l.Name] = l.UID
	f.unsaved++
	f.changed()
	return &f.letters[len(f.letters)-1]
}

// remove forgets letters whose files are gone.
func (f *Folder) remove(gone map[uint32]bool) error {
	if len(gone) == 0 {
		return nil
	}
	// A letter that nobody was told of may still have raised the UIDNEXT that
	// somebody was told.
	if err := f.save(); err != nil {
		return err
	}
	var b []byte
	kept := make([]letter, 0, len(f.letters)-len(gone))
	for i := range f.letters {
		l := &f.letters[i]
		if !gone[l.UID] {
			kept = append(kept, *l)
			continue
		}
		delete(f.byName, l.Name)
		f.heads.drop(l.UID)
		f.box.used.Add(-l.Size)
		b = fmt.Appendf(b, "- %d\n", l.UID)
	}
	f.letters = kept
	f.changed()
	if err := f.index.add(b, len(gone), false); err != nil {
		return err
	}
	return f.compact()
}

// compact writes the index anew where most of it speaks of letters that have
// gone.
func (f *Folder) compact() error {
	if f.index.lines < 4*len(f.letters)+1000 {
		return nil
	}
	x, err := writeIndex(f.dir, f.index.validity, f.next, f.letters, !f.box.opt.NoFsync)
	if err != nil {
		return err
	}
	_ = f.index.close()
	f.index, f.unsaved = x, 0
	return nil
}

// openDirs makes the Maildir where it is missing and opens its folders.
func (f *Folder) openDirs() error {
	if f.gone {
		return ErrNoFolder
	}
	if f.cur != nil {
		return nil
	}
	for sub, file := range map[string]**os.File{"tmp": &f.tmp, "new": &f.fresh, "cur": &f.cur} {
		path := filepath.Join(f.dir, sub)
		err := os.MkdirAll(path, 0o700)
		if err == nil {
			*file, err = os.Open(path)
		}
		if err != nil {
			f.closeDirs()
			return err
		}
	}
	return nil
}

func (f *Folder) closeDirs() {
	for _, file := range []**os.File{&f.tmp, &f.fresh, &f.cur} {
		_ = (*file).Close() // a nil file takes it
		*file = nil
	}
}

// unload lets go of everything that is open.
func (f *Folder) unload() {
	f.closeDirs()
	_ = f.index.close()
	f.index, f.loaded = nil, false
}

// syncDirs forces the names in some of the Maildir's folders to the disk. It
// needs no lock.
func (f *Folder) syncDirs(dirs ...*os.File) error {
	if f.box.opt.NoFsync {
		return nil
	}
	for _, d := range dirs {
		// A folder that was closed has been renamed or removed, which forced
		// its names to the disk.
		if err := syncDir(d); err != nil && !errors.Is(err, os.ErrClosed) {
			return err
		}
	}
	return nil
}

func (f *Folder) errorf(what string, err error) error {
	return fmt.Errorf("%s folder %s of %s: %w", what, f.Name(), f.box.account.Address, err)
}

// Name gives the folder's name as IMAP shows it, its parts divided by
// Separator.
func (f *Folder) Name() string { return *f.name.Load() }

func newFolder(box *Mailbox, name, dir string) *Folder {
	f := &Folder{box: box, dir: dir}
	f.name.Store(&name)
	return f
}
