package imap

import (
	goimap "github.com/emersion/go-imap/v2"
)

// Select opens a folder (RFC 9051 §6.3.2).
func (s *session) Select(name string, options *goimap.SelectOptions) (*goimap.SelectData, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	folder, err := s.box.Folder(name)
	if err != nil {
		return nil, refuse(err, goimap.ResponseCodeNonExistent)
	}
	v, now, err := newView(folder, options.ReadOnly)
	if err != nil {
		return nil, refuse(err, goimap.ResponseCodeNonExistent)
	}
	s.view = v
	data := &goimap.SelectData{
		Flags: allNames(now.Keywords), NumMessages: uint32(len(v.letters)), NumRecent: uint32(len(v.recent)),
		FirstUnseenSeqNum: firstUnseen(v), UIDNext: goimap.UID(now.UIDNext), UIDValidity: now.UIDValidity,
		PermanentFlags: []goimap.Flag{},
	}
	if !v.readOnly {
		data.PermanentFlags = append(allNames(now.Keywords), goimap.FlagWildcard)
	}
	if s.rev2() {
		data.List = &goimap.ListData{Mailbox: folder.Name(), Delim: delimiter}
	}
	return data, nil
}

func firstUnseen(v *view) uint32 {
	for i, l := range v.letters {
		if !l.Flags.Has(seen) {
			return uint32(i + 1)
		}
	}
	return 0
}

// Unselect closes the folder without an expunge (RFC 9051 §6.4.2).
func (s *session) Unselect() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.view = nil
	return nil
}
