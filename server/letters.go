package server

import (
	"bytes"
	"fmt"

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
	list, err := box.List()
	if err != nil {
		return nil, err
	}
	letters := make([][]byte, 0, len(list))
	for _, e := range list {
		b, err := box.Read(e)
		if err != nil {
			return nil, err
		}
		letters = append(letters, b)
	}
	return letters, nil
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
