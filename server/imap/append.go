package imap

import (
	"io"

	goimap "github.com/emersion/go-imap/v2"
)

// Append takes a letter that the client brings (RFC 9051 §6.3.12).
func (s *session) Append(
	name string, r goimap.LiteralReader, options *goimap.AppendOptions,
) (*goimap.AppendData, error) {
	letter := make([]byte, 0, min(r.Size(), MaxAppendBytes)+1)
	letter, err := readInto(letter, r)
	if err != nil || int64(len(letter)) != r.Size() {
		return nil, no("", "The message did not come whole")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f, err := s.box.Folder(name)
	if err != nil {
		return nil, refuse(err, goimap.ResponseCodeTryCreate)
	}
	flags, err := bits(f, options.Flags)
	if err != nil {
		return nil, err
	}
	uid, err := f.Append(letter, flags, options.Time)
	if err != nil {
		return nil, refuse(err, goimap.ResponseCodeTryCreate)
	}
	now, err := f.Snapshot()
	if err != nil {
		return nil, refuse(err, goimap.ResponseCodeTryCreate)
	}
	return &goimap.AppendData{UID: goimap.UID(uid), UIDValidity: now.UIDValidity}, nil
}

// readInto reads to the end into what b has room for.
func readInto(b []byte, r io.Reader) ([]byte, error) {
	for {
		n, err := r.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		if err == io.EOF {
			return b, nil
		}
		if err != nil || len(b) == cap(b) {
			return b, err
		}
	}
}
