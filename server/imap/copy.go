package imap

import (
	"slices"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"

	"surel/server/mailbox"
)

// Copy puts copies into another folder (RFC 9051 §6.4.7).
func (s *session) Copy(set goimap.NumSet, dest string) (*goimap.CopyData, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	to, err := s.box.Folder(dest)
	if err != nil {
		return nil, refuse(err, goimap.ResponseCodeTryCreate)
	}
	t, err := s.view.folder.Copy(s.view.uids(s.view.places(set)), to)
	if err != nil {
		return nil, refuse(err, goimap.ResponseCodeTryCreate)
	}
	return copyData(t), nil
}

// Move takes letters to another folder (RFC 6851 §3.1).
func (s *session) Move(w *imapserver.MoveWriter, set goimap.NumSet, dest string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.view
	if v.readOnly {
		return errReadOnly()
	}
	to, err := s.box.Folder(dest)
	if err != nil {
		return refuse(err, goimap.ResponseCodeTryCreate)
	}
	t, err := v.folder.Move(v.uids(v.places(set)), to)
	if data := copyData(t); data != nil {
		if err := w.WriteCopyData(data); err != nil {
			return err
		}
		slices.Sort(t.From)
		if err := v.forget(t.From, w.WriteExpunge); err != nil {
			return err
		}
	}
	return refuse(err, goimap.ResponseCodeTryCreate)
}

// copyData gives the COPYUID of a transfer (RFC 4315 §3); nil where no letter
// went.
func copyData(t mailbox.Transfer) *goimap.CopyData {
	if len(t.To) == 0 {
		return nil
	}
	data := &goimap.CopyData{UIDValidity: t.UIDValidity}
	for i := range t.To {
		data.SourceUIDs.AddNum(goimap.UID(t.From[i]))
		data.DestUIDs.AddNum(goimap.UID(t.To[i]))
	}
	return data
}
