package smtp

import (
	"bytes"
	"errors"
	"io"
	"os"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"surel/server/mailbox"
)

// letter is a letter as it will lie in a mailbox: trace lines on top, then the
// bytes as the client sent them.
type letter struct {
	buf      bytes.Buffer
	received int // where the Received line begins
}

// delivery is a letter that is on the disk and not yet to be seen.
type delivery interface {
	Commit() error
	Abort()
}

// Data takes the letter of the open envelope. Its success is the promise of
// RFC 5321 §4.2.5, so by then the letter is on the disk for every recipient.
func (s *session) Data(r io.Reader) error {
	if !s.srv.begin() {
		return errClosing()
	}
	defer s.srv.storing.Done()
	s.mu.Lock()
	env := s.env
	s.mu.Unlock()

	l := s.srv.buffers.Get().(*letter)
	defer s.srv.buffers.Put(l)
	l.buf.Reset()
	l.begin(s, env)
	if _, err := l.buf.ReadFrom(r); err != nil {
		return refuse(err)
	}
	if s.cutShort(r) {
		return errCutShort()
	}
	return s.store(env, l)
}

func (l *letter) begin(s *session, env envelope) {
	head := appendReturnPath(l.buf.AvailableBuffer(), env.from)
	l.received = len(head)
	l.buf.Write(s.appendReceived(head, env, time.Now()))
}

// cutShort tells whether a letter that BDAT brings ended because the client
// vanished: go-smtp takes that for the end of the last chunk. A letter that
// DATA brings has its own end.
func (s *session) cutShort(r io.Reader) bool {
	_, chunked := r.(*io.PipeReader)
	return chunked && s.tap != nil && s.tap.Ended()
}

// store puts the letter where each recipient's belongs: everywhere or nowhere.
func (s *session) store(env envelope, l *letter) error {
	var staged []delivery
	abort := func(err error) error {
		for _, d := range staged {
			d.Abort()
		}
		return refuse(err)
	}
	whole := l.buf.Bytes()
	seen := map[*mailbox.Mailbox]bool{}
	var onward []recipient
	for _, to := range env.to {
		switch {
		case to.box == nil:
			onward = append(onward, to)
			continue
		case seen[to.box]:
			continue
		}
		seen[to.box] = true
		d, err := to.box.Stage(whole)
		if errors.Is(err, mailbox.ErrFull) {
			return abort(errMailboxFull(to.address))
		}
		if err != nil {
			return abort(err)
		}
		staged = append(staged, d)
	}
	if len(onward) > 0 {
		d, err := s.srv.cfg.Queue.stage(newEntry(env, onward), whole[l.received:])
		if err != nil {
			return abort(err)
		}
		staged = append(staged, d)
	}
	if len(staged) == 0 {
		return errNotStored() // the envelope was reset under a BDAT
	}
	for i, d := range staged {
		if err := d.Commit(); err != nil {
			staged = staged[i+1:]
			return abort(err)
		}
	}
	s.reportSuccess(env, whole[l.received:])
	return nil
}

// refuse gives an error of the transfer or of the disk its reply.
func refuse(err error) error {
	var said *gosmtp.SMTPError
	switch {
	case errors.As(err, &said):
		return said
	case errors.Is(err, gosmtp.ErrTooLongLine):
		return errLineTooLong()
	case errors.Is(err, gosmtp.ErrDataReset), errors.Is(err, io.ErrUnexpectedEOF):
		return errCutShort()
	case errors.Is(err, os.ErrDeadlineExceeded):
		return errIdle()
	}
	return errNotStored()
}
