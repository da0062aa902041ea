package pop3

import (
	"errors"
	"io"
)

var (
	// ErrInUse is why a mailbox cannot be locked: another session has it.
	ErrInUse = errors.New("mailbox is in use")
	// ErrGone is why a letter cannot be opened: it has been deleted by another
	// way than this session.
	ErrGone = errors.New("letter is gone")
)

// Letter is what a session knows of a letter without reading it.
type Letter struct {
	// UID is the unique-id of RFC 1939 §7, the same in every session.
	UID string
	// Size is in octets as they cross the wire, byte-stuffing left out
	// (RFC 1939 §11).
	Size int64
}

// Maildrop is a mailbox that one session has locked (RFC 1939 §4).
type Maildrop interface {
	// Letters gives the letters as they were when the mailbox was locked, in
	// an order that stays.
	Letters() []Letter
	// Read opens a letter by its place in Letters. It fails with ErrGone where
	// the letter is no longer there.
	Read(i int) (io.ReadCloser, error)
	// Delete removes letters. Those that are gone already are no error.
	Delete(places []int) error
	// Unlock lets another session have the mailbox.
	Unlock()
}
