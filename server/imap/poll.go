package imap

import (
	"time"

	"github.com/emersion/go-imap/v2/imapserver"
)

// strangers is how often an idling session looks for what other programs have
// done to the Maildir. What our own servers do is told at once.
const strangers = time.Second

// Poll tells the client what has changed, at the end of a command.
func (s *session) Poll(w *imapserver.UpdateWriter, allowExpunge bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.view == nil || s.closed {
		return nil
	}
	return s.view.update(w, allowExpunge, s.rev2())
}

// Idle tells the client of changes as they happen (RFC 9051 §6.3.13).
func (s *session) Idle(w *imapserver.UpdateWriter, stop <-chan struct{}) error {
	s.mu.Lock()
	if s.box == nil || s.closed {
		s.mu.Unlock()
		return nil
	}
	watcher := s.box.Watch()
	s.mu.Unlock()
	defer watcher.Stop()
	tick := time.NewTicker(strangers)
	defer tick.Stop()
	for {
		if err := s.Poll(w, true); err != nil {
			return err
		}
		select {
		case <-watcher.C:
		case <-tick.C:
		case <-stop:
			return nil
		}
	}
}
