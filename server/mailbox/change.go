package mailbox

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Update gives letters the flags that change makes of those they have. A letter
// that gets flags leaves new for cur. When Update returns nil all changes are
// on the disk; letters that have gone are passed over.
func (f *Folder) Update(uids []uint32, change func(Flags) Flags) error {
	return f.rename(uids, func(l *letter) (Flags, bool) {
		flags := change(l.Flags)
		return flags, flags != l.Flags
	})
}

// Accept tells that a mail program has been told of all letters: those in new
// move to cur. It gives their UIDs.
func (f *Folder) Accept() ([]uint32, error) {
	var accepted []uint32
	err := f.rename(nil, func(l *letter) (Flags, bool) {
		if l.New {
			accepted = append(accepted, l.UID)
		}
		return l.Flags, l.New
	})
	return accepted, err
}

// rename gives letters, or all where uids is nil, the flags that decide wants.
func (f *Folder) rename(uids []uint32, decide func(*letter) (Flags, bool)) error {
	touched, err := f.renameAll(uids, decide)
	if len(touched) > 0 {
		err = errors.Join(err, f.syncDirs(touched...))
		f.box.watchers.tell()
	}
	if err != nil {
		return f.errorf("change flags in", err)
	}
	return nil
}

func (f *Folder) renameAll(uids []uint32, decide func(*letter) (Flags, bool)) (touched []*os.File, err error) {
	f.box.mu.Lock()
	defer f.box.mu.Unlock()
	if err := f.sync(time.Now()); err != nil {
		return nil, err
	}
	if uids == nil {
		for i := range f.letters {
			uids = append(uids, f.letters[i].UID)
		}
	}
	for _, uid := range uids {
		l := f.find(uid)
		if l == nil {
			continue
		}
		flags, wanted := decide(l)
		if !wanted {
			continue
		}
		if err := f.setFlags(l, flags); err != nil {
			return touched, err
		}
		touched = []*os.File{f.cur, f.fresh}
	}
	return touched, nil
}

// setFlags renames the letter's file. Where somebody else has renamed or
// removed it, the next scan finds out.
func (f *Folder) setFlags(l *letter, flags Flags) error {
	_, rest := parseFlags(l.file[len(l.Name):])
	file := fileName(l.Name, flags, rest)
	err := moveTo(f.sub(l), l.file, f.cur, file)
	f.touched()
	if errors.Is(err, fs.ErrNotExist) {
		f.stale()
		return nil
	}
	if err != nil {
		return err
	}
	l.file, l.New, l.Flags = file, false, flags
	f.changed()
	return nil
}

// touched notes that this process changes the folders, so that their times
// say nothing of others for a while.
func (f *Folder) touched() {
	if !f.dirty {
		f.dirty, f.scanned = true, time.Now()
	}
}

// stale makes the next look-up read the folders: a file was not where it should
// be.
func (f *Folder) stale() { f.dirty, f.scanned = true, time.Time{} }

// Expunge removes letters. When it returns nil their files have gone from the
// disk; letters that had gone before are passed over.
func (f *Folder) Expunge(uids []uint32) error {
	touched, err := f.expunge(uids)
	if len(touched) > 0 {
		err = errors.Join(err, f.syncDirs(touched...))
		f.box.watchers.tell()
	}
	if err != nil {
		return f.errorf("remove letters from", err)
	}
	return nil
}

func (f *Folder) expunge(uids []uint32) (touched []*os.File, err error) {
	f.box.mu.Lock()
	defer f.box.mu.Unlock()
	if err := f.sync(time.Now()); err != nil {
		return nil, err
	}
	gone := map[uint32]bool{}
	for _, uid := range uids {
		l := f.find(uid)
		if l == nil {
			continue
		}
		err = os.Remove(filepath.Join(f.sub(l).Name(), l.file))
		f.touched()
		if errors.Is(err, fs.ErrNotExist) {
			err = nil // renamed or removed by somebody else
			f.stale()
			continue
		}
		if err != nil {
			break
		}
		gone[uid] = true
	}
	if len(gone) == 0 {
		return nil, err
	}
	return []*os.File{f.cur, f.fresh}, errors.Join(err, f.remove(gone))
}
