package imap

import (
	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"

	"surel/server/mailbox"
)

const seen = mailbox.Seen

// errReadOnly answers a change where EXAMINE has opened the folder
// (RFC 9051 §6.3.3).
func errReadOnly() error { return no("", "The mailbox is open for reading only (EXAMINE)") }

// Store changes flags (RFC 9051 §6.4.6).
func (s *session) Store(
	w *imapserver.FetchWriter, set goimap.NumSet, flags *goimap.StoreFlags, _ *goimap.StoreOptions,
) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.view
	if v.readOnly {
		return errReadOnly()
	}
	named, err := bits(v.folder, flags.Flags)
	if err != nil {
		return err
	}
	if err := s.knowKeywords(); err != nil {
		return err
	}
	change := func(has mailbox.Flags) mailbox.Flags {
		switch flags.Op {
		case goimap.StoreFlagsAdd:
			return has | named
		case goimap.StoreFlagsDel:
			return has &^ named
		default:
			return named
		}
	}
	places := v.places(set)
	if err := v.folder.Update(v.uids(places), change); err != nil {
		return refuse(err, goimap.ResponseCodeNonExistent)
	}
	v.setFlags(places, change)
	if flags.Silent {
		return nil
	}
	_, withUID := set.(goimap.UIDSet)
	for _, i := range places {
		r := w.CreateMessage(uint32(i + 1))
		if withUID {
			r.WriteUID(goimap.UID(v.letters[i].UID))
		}
		r.WriteFlags(v.flags(v.letters[i], s.rev2()))
		if err := r.Close(); err != nil {
			return err
		}
	}
	return nil
}

// knowKeywords learns the keywords that the command itself has made, so that
// its responses can name them; the client is told of them at the next poll.
func (s *session) knowKeywords() error {
	now, err := s.view.folder.Snapshot()
	if err != nil {
		return refuse(err, goimap.ResponseCodeNonExistent)
	}
	if len(now.Keywords) != len(s.view.keywords) {
		s.view.setKeywords(now.Keywords)
		s.view.newKeywords = true
	}
	return nil
}

// Expunge removes the letters that are marked as deleted (RFC 9051 §6.4.3), of
// those with the given UIDs if there are any (RFC 4315 §2.1).
func (s *session) Expunge(w *imapserver.ExpungeWriter, only *goimap.UIDSet) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.view
	if v.readOnly {
		if *w == (imapserver.ExpungeWriter{}) {
			return nil // CLOSE, which then removes nothing (RFC 9051 §6.4.1)
		}
		return errReadOnly()
	}
	now, err := v.folder.Snapshot()
	if err != nil {
		return refuse(err, goimap.ResponseCodeNonExistent)
	}
	among := goimap.NumSet(goimap.SeqSet{{Start: 1}})
	if only != nil {
		among = *only
	}
	var gone []uint32
	for _, i := range v.places(among) {
		if at, ok := now.Find(v.letters[i].UID); ok && now.Letters[at].Flags.Has(mailbox.Deleted) {
			gone = append(gone, v.letters[i].UID)
		}
	}
	if err := v.folder.Expunge(gone); err != nil {
		return refuse(err, goimap.ResponseCodeNonExistent)
	}
	return v.forget(gone, w.WriteExpunge)
}
