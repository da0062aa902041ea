package server

import (
	"bytes"
	"errors"
	"fmt"

	"surel/server/imap"
	"surel/server/mailbox"
)

// Letters gives the letters in the INBOX of an address, oldest first, as they
// lie on the disk: the trace lines Return-Path and Received (RFC 5321 §4.4)
// that the servers have put on top, then the bytes as they were sent.
func (l *Lab) Letters(address string) ([][]byte, error) {
	box, err := l.store.Mailbox(address)
	if err != nil {
		return nil, err
	}
	letters := [][]byte{}
	err = eachLetter(box.Inbox(), func(letter []byte, _ string) error {
		letters = append(letters, letter)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return letters, nil
}

// Folder gives the letters in a folder of an address, oldest first, as they lie on the
// disk, and for each its flags as IMAP names them, with a space between two of them
// (RFC 9051 §2.3.2). A folder that there is not has no letters.
func (l *Lab) Folder(address, name string) (letters [][]byte, flags []string, err error) {
	box, err := l.store.Mailbox(address)
	if err != nil {
		return nil, nil, err
	}
	folder, err := box.Folder(name)
	if errors.Is(err, mailbox.ErrNoFolder) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	err = eachLetter(folder, func(letter []byte, f string) error {
		letters, flags = append(letters, letter), append(flags, f)
		return nil
	})
	return letters, flags, err
}

// eachLetter gives the letters of a folder with their flags to take, oldest first. One
// that a reader has just removed is passed over.
func eachLetter(folder *mailbox.Folder, take func(letter []byte, flags string) error) error {
	now, err := folder.Snapshot()
	if err != nil {
		return err
	}
	for _, l := range now.Letters {
		letter, err := folder.Read(l.UID)
		if errors.Is(err, mailbox.ErrGone) {
			continue
		}
		if err == nil {
			err = take(letter, imap.FlagNames(l.Flags, now.Keywords))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Files gives the files of an address's Maildir as they lie on the disk, by
// their paths from the Maildir on, sorted: "cur/1753.M1.surel:2,S", "new/…",
// ".Sent/cur/…".
func (l *Lab) Files(address string) ([]string, error) {
	box, err := l.store.Mailbox(address)
	if err != nil {
		return nil, err
	}
	return box.Files()
}

// Watch starts to tell of changes in the mailbox of an address, until stop is
// called. The channel receives a value after a change; changes that come
// before it is read are told once. It is never closed.
func (l *Lab) Watch(address string) (changes <-chan struct{}, stop func(), err error) {
	box, err := l.store.Mailbox(address)
	if err != nil {
		return nil, nil, err
	}
	w := box.Watch()
	return w.C, w.Stop, nil
}

// fill puts a letter into a mailbox with a quota that leaves no room for
// another.
func fill(box *mailbox.Mailbox) error {
	if box.Room() != nil {
		return nil // an earlier lab has done it
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "Return-Path: <postmaster@%s>\r\nFrom: postmaster@%s\r\nTo: %s\r\n"+
		"Subject: Arsip\r\n\r\n", sekolahDomain, sekolahDomain, box.Account().Address)
	const line = "Surat ini memenuhi kotak surat sampai penuh.\r\n"
	for int64(b.Len()+len(line)) <= box.Account().Quota-2 {
		b.WriteString(line)
	}
	for int64(b.Len()) < box.Account().Quota-2 {
		b.WriteByte('.')
	}
	b.WriteString("\r\n")
	return box.Deliver(b.Bytes())
}
