package smtp

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"surel/server/mailbox"
)

// entry is the envelope of a letter in the queue. Its file holds it as one
// line of JSON, then the letter's bytes.
type entry struct {
	ID         string           `json:"id"`
	Accepted   time.Time        `json:"accepted"`
	From       string           `json:"from"`
	UTF8       bool             `json:"utf8,omitempty"`
	RequireTLS bool             `json:"requireTLS,omitempty"`
	Return     gosmtp.DSNReturn `json:"return,omitempty"`
	EnvelopeID string           `json:"envelopeID,omitempty"`
	To         []queued         `json:"to"`
}

// queued is a recipient whose server has not taken the letter yet.
type queued struct {
	Address string             `json:"address"`
	Opt     gosmtp.RcptOptions `json:"options"`
}

func newEntry(env envelope, to []recipient) entry {
	e := entry{
		ID: rand.Text(), Accepted: time.Now(), From: env.from,
		UTF8: env.opt.UTF8, RequireTLS: env.opt.RequireTLS,
		Return: env.opt.Return, EnvelopeID: env.opt.EnvelopeID,
	}
	for _, r := range to {
		e.To = append(e.To, queued{r.address, r.opt})
	}
	return e
}

// queuing is a letter that is on the disk but not in the timetable yet.
type queuing struct {
	q   *Queue
	id  string
	tmp string
}

// stage writes a letter so that Commit needs only to rename it.
func (q *Queue) stage(e entry, letter []byte) (delivery, error) {
	if q.full() {
		return nil, errQueueFull()
	}
	return q.write(e, letter)
}

func (q *Queue) write(e entry, letter []byte) (*queuing, error) {
	head, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("queue letter: %w", err)
	}
	tmp := filepath.Join(q.cfg.Dir, "tmp")
	if err := os.MkdirAll(tmp, 0o700); err != nil {
		return nil, fmt.Errorf("queue letter: %w", err)
	}
	s := &queuing{q: q, id: e.ID, tmp: filepath.Join(tmp, e.ID)}
	if err := s.fill(append(head, '\n'), letter); err != nil {
		s.Abort()
		return nil, fmt.Errorf("queue letter: %w", err)
	}
	return s, nil
}

func (s *queuing) fill(parts ...[]byte) error {
	f, err := os.OpenFile(s.tmp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	for _, b := range parts {
		if err == nil {
			_, err = f.Write(b)
		}
	}
	if err == nil && !s.q.cfg.NoFsync {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

func (s *queuing) place() error {
	if err := os.Rename(s.tmp, s.q.path(s.id)); err != nil {
		s.Abort()
		return fmt.Errorf("queue letter: %w", err)
	}
	if s.q.cfg.NoFsync {
		return nil
	}
	return mailbox.SyncDir(s.q.cfg.Dir)
}

// Commit puts the letter into the timetable.
func (s *queuing) Commit() error {
	if err := s.place(); err != nil {
		return err
	}
	s.q.add(s.id)
	return nil
}

// Abort takes the letter back.
func (s *queuing) Abort() { _ = os.Remove(s.tmp) }

// rewrite keeps what remains to be done for a letter. Where that fails, the
// letter stays as it was: a recipient may get it twice, none gets it never.
func (q *Queue) rewrite(e entry, letter []byte) {
	if s, err := q.write(e, letter); err == nil {
		_ = s.place()
	}
}

func (q *Queue) load(id string) (entry, []byte, error) {
	text, err := os.ReadFile(q.path(id))
	if err != nil {
		return entry{}, nil, fmt.Errorf("read queued letter: %w", err)
	}
	head, letter, ok := bytes.Cut(text, []byte("\n"))
	var e entry
	if err := json.Unmarshal(head, &e); err != nil {
		return entry{}, nil, fmt.Errorf("read queued letter: %w", err)
	}
	if !ok || e.ID != id {
		return entry{}, nil, errors.New("read queued letter: not a letter of this queue")
	}
	return e, letter, nil
}
