package imap

import (
	"errors"
	"slices"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"

	"surel/server/mailbox"
)

// view is a selected folder as its client knows it. Sequence numbers mean
// places in it, so letters come and go here only when the client is told
// (RFC 9051 §7.5.1), whatever has happened in the folder meanwhile.
type view struct {
	folder   *mailbox.Folder
	readOnly bool
	letters  []mailbox.Letter
	keywords []string
	recent   map[uint32]bool
	saved    []uint32 // the result that SEARCH has saved, for $ (RFC 5182)
	version  uint64   // of the snapshot that the client knows all of; zero: of none

	flagNames   map[mailbox.Flags][]goimap.Flag
	newKeywords bool // the client has not been told of all keywords
}

// teller tells a client of changes.
type teller interface {
	WriteExpunge(seqNum uint32) error
	WriteNumMessages(n uint32) error
	WriteMailboxFlags(flags []goimap.Flag) error
	WriteMessageFlags(seqNum uint32, uid goimap.UID, flags []goimap.Flag) error
}

var _ teller = (*imapserver.UpdateWriter)(nil)

func newView(f *mailbox.Folder, readOnly bool) (*view, *mailbox.Snapshot, error) {
	v := &view{folder: f, readOnly: readOnly, recent: map[uint32]bool{}}
	if err := v.accept(); err != nil {
		return nil, nil, err
	}
	now, err := f.Snapshot()
	if err != nil {
		return nil, nil, err
	}
	v.letters, v.version = slices.Clone(now.Letters), now.Version
	v.setKeywords(now.Keywords)
	if readOnly { // nothing is taken from others
		for _, l := range now.Letters {
			if l.New {
				v.recent[l.UID] = true
			}
		}
	}
	return v, now, nil
}

// accept takes the letters that no client was told of yet.
func (v *view) accept() error {
	if v.readOnly {
		return nil
	}
	uids, err := v.folder.Accept()
	for _, uid := range uids {
		v.recent[uid] = true
	}
	return err
}

func (v *view) setKeywords(keywords []string) {
	v.keywords, v.flagNames = keywords, map[mailbox.Flags][]goimap.Flag{}
}

// flags gives a letter's flags as the client knows them.
func (v *view) flags(l mailbox.Letter, rev2 bool) []goimap.Flag {
	list, ok := v.flagNames[l.Flags]
	if !ok {
		list = names(l.Flags, v.keywords)
		v.flagNames[l.Flags] = list
	}
	if !rev2 && v.recent[l.UID] {
		return append(slices.Clip(list), recent)
	}
	return list
}

// hasNew tells whether the folder holds letters that no client was told of.
func hasNew(letters []mailbox.Letter) bool {
	for i := len(letters) - 1; i >= 0; i-- {
		if letters[i].New {
			return true
		}
	}
	return false
}

// update tells the client what has changed since it was told last. Without
// expunge the letters that have gone stay in the view for another time.
func (v *view) update(w teller, expunge, rev2 bool) error {
	now, err := v.folder.Snapshot()
	if err == nil && now.Version == v.version {
		return nil
	}
	if err == nil && !v.readOnly && hasNew(now.Letters) {
		if err = v.accept(); err == nil {
			now, err = v.folder.Snapshot()
		}
	}
	if errors.Is(err, mailbox.ErrNoFolder) {
		now, err = &mailbox.Snapshot{Keywords: v.keywords}, nil // somebody has deleted it
	}
	if err != nil {
		return err
	}
	if v.newKeywords || len(now.Keywords) != len(v.keywords) {
		v.newKeywords = false
		v.setKeywords(now.Keywords)
		if err := w.WriteMailboxFlags(allNames(now.Keywords)); err != nil {
			return err
		}
	}
	return v.merge(w, now, expunge, rev2)
}

// merge walks over what the client knows and what is, both ordered by UID.
func (v *view) merge(w teller, now *mailbox.Snapshot, expunge, rev2 bool) error {
	merged := make([]mailbox.Letter, 0, max(len(v.letters), len(now.Letters)))
	rest := now.Letters
	whole := true
	for _, known := range v.letters {
		if len(rest) == 0 || rest[0].UID != known.UID {
			if !expunge {
				whole = false
				merged = append(merged, known)
				continue
			}
			delete(v.recent, known.UID)
			if err := w.WriteExpunge(uint32(len(merged) + 1)); err != nil {
				return err
			}
			continue
		}
		is := rest[0]
		rest = rest[1:]
		merged = append(merged, is)
		if is.Flags != known.Flags {
			if err := w.WriteMessageFlags(uint32(len(merged)), goimap.UID(is.UID), v.flags(is, rev2)); err != nil {
				return err
			}
		}
	}
	merged = append(merged, rest...)
	v.letters = merged
	v.version = now.Version
	if !whole {
		v.version = 0 // the next time must look again
	}
	if len(rest) > 0 {
		return w.WriteNumMessages(uint32(len(v.letters)))
	}
	return nil
}

// find gives the place of a letter in the view.
func (v *view) find(uid uint32) (int, bool) {
	return slices.BinarySearchFunc(v.letters, uid, func(l mailbox.Letter, uid uint32) int {
		switch {
		case l.UID < uid:
			return -1
		case l.UID > uid:
			return 1
		}
		return 0
	})
}

// setFlags notes flags that the client has set and knows of.
func (v *view) setFlags(places []int, change func(mailbox.Flags) mailbox.Flags) {
	for _, i := range places {
		v.letters[i].Flags = change(v.letters[i].Flags)
	}
}

func (v *view) uids(places []int) []uint32 {
	uids := make([]uint32, len(places))
	for i, p := range places {
		uids[i] = v.letters[p].UID
	}
	return uids
}

// forget takes letters that have gone out of the view and tells the client.
func (v *view) forget(gone []uint32, tell func(seqNum uint32) error) error {
	kept := make([]mailbox.Letter, 0, len(v.letters))
	for i, l := range v.letters {
		if _, ok := slices.BinarySearch(gone, l.UID); !ok {
			kept = append(kept, l)
			continue
		}
		delete(v.recent, l.UID)
		if err := tell(uint32(len(kept) + 1)); err != nil {
			v.letters = append(kept, v.letters[i+1:]...)
			return err
		}
	}
	v.letters = kept
	return nil
}
