package server

import (
	"crypto/sha256"
	"sync"

	"surel/server/mailbox"
)

// fillings remembers the letters that Fill has put into mailboxes, so that it
// can tell them from those that somebody wants to keep.
type fillings struct {
	mu   sync.Mutex
	sums map[[sha256.Size]byte]bool
}

// keeping are the accounts without what makes some of them refuse letters.
func keeping() []mailbox.Account {
	all := accounts()
	for i, a := range all {
		all[i] = mailbox.Account{Address: a.Address, Since: a.Since}
	}
	return all
}

// keep copies letters that Fill did not put into a mailbox to another store,
// and takes note of those that Fill is about to put there. A nil store keeps
// nothing.
func (f *fillings) keep(box *mailbox.Mailbox, store *mailbox.Store, coming map[string][][]byte) error {
	if store == nil {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.sums == nil {
		f.sums = map[[sha256.Size]byte]bool{}
	}
	for _, letters := range coming {
		for _, letter := range letters {
			f.sums[sha256.Sum256(letter)] = true
		}
	}
	to, err := store.Mailbox(box.Account().Address)
	if err != nil {
		return err
	}
	folders, err := box.Folders()
	if err != nil {
		return err
	}
	for _, info := range folders {
		folder, err := box.Folder(info.Name)
		if err == nil {
			err = eachLetter(folder, func(letter []byte, _ string) error {
				if f.sums[sha256.Sum256(letter)] {
					return nil
				}
				return to.Deliver(letter)
			})
		}
		if err != nil {
			return err
		}
	}
	return nil
}
