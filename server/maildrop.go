package server

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"surel/server/mailbox"
	"surel/server/pop3"
)

// maildrop is an INBOX under POP3's lock. Its letters are those that were there
// when it was locked; what comes later is for the next session.
type maildrop struct {
	inbox   *mailbox.Folder
	letters *mailbox.Snapshot
	sizes   []int64
	release func()
}

var _ pop3.Maildrop = (*maildrop)(nil)

// maildrop locks the INBOX of an address.
func (l *Lab) maildrop(address string) (pop3.Maildrop, error) {
	box, err := l.store.Mailbox(address)
	if err != nil {
		return nil, err
	}
	release, err := box.Claim()
	if errors.Is(err, mailbox.ErrInUse) {
		return nil, fmt.Errorf("%w: %w", pop3.ErrInUse, err)
	}
	if err != nil {
		return nil, err
	}
	m := &maildrop{inbox: box.Inbox(), release: release}
	if m.letters, err = m.inbox.Snapshot(); err == nil {
		m.sizes, err = m.inbox.LineSizes(m.letters)
	}
	if err != nil {
		release()
		return nil, err
	}
	return m, nil
}

// Letters gives the letters as they were when the mailbox was locked.
func (m *maildrop) Letters() []pop3.Letter {
	list := make([]pop3.Letter, len(m.letters.Letters))
	for i, l := range m.letters.Letters {
		list[i] = pop3.Letter{UID: m.letters.UIDL(l), Size: m.sizes[i]}
	}
	return list
}

// Read opens a letter.
func (m *maildrop) Read(i int) (io.ReadCloser, error) {
	letter, err := m.inbox.Read(m.letters.Letters[i].UID)
	if errors.Is(err, mailbox.ErrGone) {
		return nil, fmt.Errorf("%w: %w", pop3.ErrGone, err)
	}
	if err != nil {
		return nil, err
	}
	return io.NopCloser(bytes.NewReader(letter)), nil
}

// Delete removes letters.
func (m *maildrop) Delete(places []int) error {
	uids := make([]uint32, len(places))
	for i, p := range places {
		uids[i] = m.letters.Letters[p].UID
	}
	return m.inbox.Expunge(uids)
}

// Unlock lets another session have the mailbox.
func (m *maildrop) Unlock() { m.release() }
