package mailbox

import (
	"errors"
	"os"
	"path/filepath"
	"time"
)

// Transfer says what became of letters that were copied or moved.
type Transfer struct {
	// UIDValidity is that of the folder they went to.
	UIDValidity uint32
	// From and To are their UIDs before and after, in the same order.
	From, To []uint32
}

// Copy puts copies of letters into a folder of the same mailbox, with their
// flags and times. Letters that have gone are passed over. Where it fails,
// nothing was copied.
func (f *Folder) Copy(uids []uint32, to *Folder) (Transfer, error) {
	t, err := f.transfer(uids, to, false)
	if err != nil {
		return Transfer{}, f.errorf("copy letters from", err)
	}
	return t, nil
}

// Move takes letters to another folder of the same mailbox. At no moment, and
// after no crash, is a letter in both folders or in none. The transfer tells
// what was moved even where it fails on the way.
func (f *Folder) Move(uids []uint32, to *Folder) (Transfer, error) {
	t, err := f.transfer(uids, to, true)
	if err != nil {
		return t, f.errorf("move letters from", err)
	}
	return t, nil
}

func (f *Folder) transfer(uids []uint32, to *Folder, move bool) (Transfer, error) {
	t, touched, err := f.transferAll(uids, to, move)
	if len(t.To) > 0 {
		err = errors.Join(err, f.syncDirs(touched...))
		f.box.watchers.tell()
	}
	return t, err
}

func (f *Folder) transferAll(uids []uint32, to *Folder, move bool) (t Transfer, touched []*os.File, err error) {
	f.box.mu.Lock()
	defer f.box.mu.Unlock()
	now := time.Now()
	if err := errors.Join(f.sync(now), to.sync(now)); err != nil {
		return t, nil, err
	}
	t.UIDValidity = to.index.validity
	f.touched()
	to.touched()
	gone := map[uint32]bool{}
	for _, uid := range uids {
		l := f.find(uid)
		if l == nil {
			continue
		}
		var there uint32
		if there, err = f.transferOne(*l, to, move); errors.Is(err, os.ErrNotExist) {
			err = nil // renamed or removed by somebody else
			f.stale()
			continue
		}
		if err != nil {
			break
		}
		gone[uid] = true
		t.From, t.To = append(t.From, uid), append(t.To, there)
	}
	if err != nil && !move {
		return Transfer{}, nil, errors.Join(err, to.undo(t.To))
	}
	if move {
		err = errors.Join(err, f.remove(gone))
	}
	// The destination first: a crash between the two must not lose a letter.
	return t, []*os.File{to.cur, f.cur, f.fresh}, errors.Join(err, to.save())
}

// transferOne gives the letter a new unique name in the other folder: under its
// old one, a folder that it has been in before would know it by its old UID.
func (f *Folder) transferOne(l letter, to *Folder, move bool) (uid uint32, err error) {
	flags, err := to.translate(l.Flags, f)
	if err != nil {
		return 0, err
	}
	_, rest := parseFlags(l.file[len(l.Name):])
	there := letter{Letter: l.Letter}
	there.Name, there.Flags, there.New = uniqueName(), flags, false
	there.file = fileName(there.Name, flags, rest)
	if err := f.box.fits(f.box.used.Add(l.Size)); err != nil && !move {
		f.box.used.Add(-l.Size)
		return 0, err
	}
	if move {
		err = moveTo(f.sub(&l), l.file, to.cur, there.file)
	} else {
		// A letter's bytes never change, so both names may stand for the same.
		err = os.Link(filepath.Join(f.sub(&l).Name(), l.file), filepath.Join(to.cur.Name(), there.file))
	}
	if err != nil {
		f.box.used.Add(-l.Size)
		return 0, err
	}
	return to.add(there).UID, nil
}

// undo takes back letters that nobody has been told of.
func (f *Folder) undo(uids []uint32) error {
	gone := map[uint32]bool{}
	var errs []error
	for _, uid := range uids {
		l := f.find(uid)
		gone[uid] = true
		errs = append(errs, os.Remove(filepath.Join(f.sub(l).Name(), l.file)))
	}
	return errors.Join(append(errs, f.remove(gone))...)
}
