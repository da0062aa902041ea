package imap

import (
	"errors"
	"io"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"

	"surel/server/mailbox"
)

// Fetch gives data of letters (RFC 9051 §6.4.5).
func (s *session) Fetch(w *imapserver.FetchWriter, set goimap.NumSet, options *goimap.FetchOptions) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.view
	places := v.places(set)
	told, err := s.markSeen(places, options)
	if err != nil {
		return err
	}
	var gone error
	for _, i := range places {
		text, err := s.letter(v.letters[i], options)
		if errors.Is(err, mailbox.ErrGone) {
			gone = err // the others are still wanted (RFC 2180 §4.1.2)
			continue
		}
		if err != nil {
			return err
		}
		one := *options
		one.Flags = one.Flags || told[v.letters[i].UID]
		if err := s.answer(w.CreateMessage(uint32(i+1)), v.letters[i], text, &one); err != nil {
			return err
		}
	}
	return refuse(gone, goimap.ResponseCodeNonExistent)
}

// letter reads the letter where the client asks for more than the store knows
// without.
func (s *session) letter(l mailbox.Letter, o *goimap.FetchOptions) ([]byte, error) {
	if !o.Envelope && o.BodyStructure == nil &&
		len(o.BodySection)+len(o.BinarySection)+len(o.BinarySectionSize) == 0 {
		return nil, nil
	}
	return s.view.folder.Read(l.UID)
}

// markSeen sets \Seen where the client reads the text, and gives the letters
// whose flags have changed so.
func (s *session) markSeen(places []int, o *goimap.FetchOptions) (map[uint32]bool, error) {
	reads := false
	for _, b := range o.BodySection {
		reads = reads || !b.Peek
	}
	for _, b := range o.BinarySection {
		reads = reads || !b.Peek
	}
	v := s.view
	if !reads || v.readOnly {
		return nil, nil
	}
	var unseen []int
	changed := map[uint32]bool{}
	for _, i := range places {
		if !v.letters[i].Flags.Has(mailbox.Seen) {
			unseen = append(unseen, i)
			changed[v.letters[i].UID] = true
		}
	}
	if len(unseen) == 0 {
		return nil, nil
	}
	add := func(f mailbox.Flags) mailbox.Flags { return f | mailbox.Seen }
	if err := v.folder.Update(v.uids(unseen), add); err != nil {
		return nil, refuse(err, goimap.ResponseCodeNonExistent)
	}
	v.setFlags(unseen, add)
	return changed, nil
}

// answer writes the data of one letter. It closes the writer in any case,
// because nobody else can write until then.
func (s *session) answer(
	w *imapserver.FetchResponseWriter, l mailbox.Letter, text []byte, o *goimap.FetchOptions,
) (err error) {
	defer func() { err = errors.Join(err, w.Close()) }()
	if o.UID {
		w.WriteUID(goimap.UID(l.UID))
	}
	if o.Flags {
		w.WriteFlags(s.view.flags(l, s.rev2()))
	}
	if o.InternalDate {
		w.WriteInternalDate(l.Received())
	}
	if o.RFC822Size {
		w.WriteRFC822Size(l.Size)
	}
	if o.Envelope {
		w.WriteEnvelope(envelope(text))
	}
	if o.BodyStructure != nil {
		w.WriteBodyStructure(structure(text))
	}
	for _, b := range o.BodySection {
		part := cut(section(text, b), b.Partial)
		if err := write(w.WriteBodySection(b, int64(len(part))), part); err != nil {
			return err
		}
	}
	for _, b := range o.BinarySection {
		part := cut(binary(text, b.Part), b.Partial)
		if err := write(w.WriteBinarySection(b, int64(len(part))), part); err != nil {
			return err
		}
	}
	for _, b := range o.BinarySectionSize {
		w.WriteBinarySectionSize(b, uint32(len(binary(text, b.Part))))
	}
	return nil
}

func write(w io.WriteCloser, b []byte) error {
	_, err := w.Write(b)
	return errors.Join(err, w.Close())
}
