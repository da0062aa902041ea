// Package mailbox keeps letters in Maildirs: one folder per mailbox with tmp,
// new and cur, one file per letter, flags in the files' names, and further
// folders inside it as Maildir++ has them (".Sent"). Nothing in it knows a
// protocol; all that deliver and all that read share it.
//
// Start with Open, which serves a list of accounts from a folder, and
// Store.Mailbox. To deliver, use Mailbox.Stage and Delivery.Commit. To read:
//
//	inbox := box.Inbox()                    // or box.Folder("Sent")
//	now, err := inbox.Snapshot()            // now.Letters: UID, Size, Flags …; reads no letter
//	id := now.UIDL(now.Letters[0])          // POP3's unique-id, the same for ever
//	text, err := inbox.Read(uid)            // the bytes; ErrGone where another reader removed it
//	err = inbox.Update(uids, func(f mailbox.Flags) mailbox.Flags { return f | mailbox.Seen })
//	err = inbox.Expunge(uids)               // on the disk when it returns
//	release, err := box.Claim()             // POP3's exclusive lock; ErrInUse
//	watcher := box.Watch()                  // told at once of every change; Stop it
//
// A snapshot never changes, so whoever shows sequence numbers to a client keeps
// the one that the client knows and compares it with the next: no queue of
// changes can overflow or get out of step.
//
// A letter is written to tmp, forced to the disk, and renamed, so a reader
// never sees half of one and a crash never loses one that was promised. UIDs
// lie in an index of our own beside the Maildir; see index.go for why none is
// ever used twice. Other programs may change the Maildir too: what they did is
// taken in a second later at most.
package mailbox

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// Account is a mailbox's owner.
type Account struct {
	// Address is "local-part@domain" in lower case.
	Address  string
	Password string
	// Quota is how many bytes of letters the mailbox holds; zero sets no limit.
	Quota int64
	// Since is when the address was given to its present owner.
	Since time.Time
	// Prepare, where set, puts into the mailbox what it is to hold from the
	// beginning. It runs whenever the mailbox is opened.
	Prepare func(*Mailbox) error
}

// Options are the settings of a store.
type Options struct {
	// NoFsync leaves it to the system when letters reach the disk. A crash of
	// the machine may then lose letters that were promised.
	NoFsync bool
}

// Store is a set of mailboxes. It is safe for concurrent use.
type Store struct {
	dir      string
	opt      Options
	accounts map[string]Account

	mu    sync.Mutex
	boxes map[string]*Mailbox
}

// Open serves accounts from a folder. A mailbox's folder is made when it is
// first asked for.
func Open(dir string, accounts []Account, o Options) *Store {
	s := &Store{dir: dir, opt: o, accounts: map[string]Account{}, boxes: map[string]*Mailbox{}}
	for _, a := range accounts {
		s.accounts[a.Address] = a
	}
	return s
}

// Account finds the owner of an address, whose letter case does not matter.
func (s *Store) Account(address string) (Account, bool) {
	a, ok := s.accounts[address]
	if !ok {
		a, ok = s.accounts[strings.ToLower(address)]
	}
	return a, ok
}

// Mailbox opens the mailbox of an address, and fails with ErrUnknown where
// nobody has it.
func (s *Store) Mailbox(address string) (*Mailbox, error) {
	a, ok := s.Account(address)
	if !ok {
		return nil, fmt.Errorf("open mailbox %q: %w", address, ErrUnknown)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.boxes[a.Address]; m != nil {
		return m, nil
	}
	local, domain, _ := strings.Cut(a.Address, "@")
	m, err := openMailbox(filepath.Join(s.dir, domain, local), a, s.opt)
	if err == nil && a.Prepare != nil {
		if err = a.Prepare(m); err != nil {
			m.close()
		}
	}
	if err != nil {
		return nil, fmt.Errorf("open mailbox %q: %w", address, err)
	}
	s.boxes[a.Address] = m
	return m, nil
}

// Close lets go of the mailboxes' folders. Nothing may be delivered after it;
// the letters stay.
func (s *Store) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.boxes {
		m.close()
	}
	s.boxes = map[string]*Mailbox{}
}
