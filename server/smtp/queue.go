package smtp

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"surel/protocols/dns/mx"
	"surel/server/mailbox"
)

const (
	// maxQueued bounds how many letters wait at once.
	maxQueued = 10_000
	// maxRetry is the longest pause between two attempts; RFC 5321 §4.5.4.1
	// advises half an hour, which no lesson has.
	maxRetry = time.Minute
)

// QueueConfig says where a queue's letters go.
type QueueConfig struct {
	// Host is the name of the machine that hands letters on.
	Host string
	// Dir keeps the letters that wait.
	Dir string
	// Dial connects with "host:port".
	Dial func(ctx context.Context, to string) (net.Conn, error)
	// Route finds the servers of a domain.
	Route func(ctx context.Context, domain string) mx.Result
	// Local tells whether letters to a domain are kept in Store.
	Local func(domain string) bool
	Store *mailbox.Store
	// ClientTLS gives the configuration for a letter that demands TLS.
	ClientTLS func(serverName string) *tls.Config
	// Retry is the pause after the first attempt; every further one doubles.
	Retry time.Duration
	// Lifetime is how long a letter is tried before its sender is told that
	// it failed.
	Lifetime time.Duration
	// NoFsync is as in mailbox.Options.
	NoFsync bool
}

// Queue keeps letters for other hosts on the disk until those have taken them
// (RFC 5321 §4.5.4). Start with NewQueue, then Run.
type Queue struct {
	cfg  QueueConfig
	wake chan struct{}

	mu   sync.Mutex
	jobs map[string]*job
	last int // number of the last job
}

// job is a letter's place in the timetable; the letter is on the disk.
type job struct {
	id     string
	number int // jobs that are due at once go in the order in which they came
	next   time.Time
	pause  time.Duration
}

// NewQueue takes up the letters that an earlier run has left. The folder is
// made when there is a letter to keep.
func NewQueue(c QueueConfig) (*Queue, error) {
	q := &Queue{cfg: c, wake: make(chan struct{}, 1), jobs: map[string]*job{}}
	files, err := os.ReadDir(c.Dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open the queue of %s: %w", c.Host, err)
	}
	for _, f := range files {
		if !f.IsDir() {
			q.add(f.Name())
		}
	}
	return q, nil
}

// Reaches fails where letters to a domain can never be handed on.
func (q *Queue) Reaches(ctx context.Context, domain string) error {
	if r := q.cfg.Route(ctx, domain); r.Outcome == mx.Refuse {
		return errUnroutable(r)
	}
	return nil
}

func (q *Queue) add(id string) {
	q.mu.Lock()
	q.last++
	q.jobs[id] = &job{id: id, number: q.last, pause: q.cfg.Retry}
	q.mu.Unlock()
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

func (q *Queue) full() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.jobs) >= maxQueued
}

// Run hands letters on until the context ends.
func (q *Queue) Run(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-q.wake:
		case <-timer.C:
		}
		for _, j := range q.due(time.Now()) {
			if ctx.Err() != nil {
				return
			}
			q.work(ctx, j)
		}
		timer.Reset(q.untilNext(time.Now()))
	}
}

func (q *Queue) due(now time.Time) []*job {
	q.mu.Lock()
	defer q.mu.Unlock()
	var due []*job
	for _, j := range q.jobs {
		if !j.next.After(now) {
			due = append(due, j)
		}
	}
	slices.SortFunc(due, func(a, b *job) int { return cmp.Compare(a.number, b.number) })
	return due
}

func (q *Queue) untilNext(now time.Time) time.Duration {
	q.mu.Lock()
	defer q.mu.Unlock()
	wait := maxRetry
	for _, j := range q.jobs {
		wait = min(wait, j.next.Sub(now))
	}
	return max(wait, 0)
}

// work makes one attempt at a letter: what is done leaves the queue, what
// failed is reported, the rest is put off.
func (q *Queue) work(ctx context.Context, j *job) {
	e, letter, err := q.load(j.id)
	if err != nil {
		q.putOff(j) // the disk may yet give it back, so it stays
		return
	}
	outcome := q.attempt(ctx, e, letter)
	if ctx.Err() != nil {
		return // the attempt was cut short, not refused
	}
	expired := time.Since(e.Accepted) >= q.cfg.Lifetime
	var waiting []queued
	var failed []failure
	for i, to := range e.To {
		switch err := outcome[i]; {
		case err == nil:
		case temporary(err) && !expired:
			waiting = append(waiting, to)
		default:
			failed = append(failed, failure{to, err})
		}
	}
	q.reportFailure(e, failed, letter)
	if len(waiting) == 0 {
		q.drop(j)
		return
	}
	if len(waiting) < len(e.To) {
		e.To = waiting
		q.rewrite(e, letter)
	}
	q.putOff(j)
}

func (q *Queue) putOff(j *job) {
	q.mu.Lock()
	defer q.mu.Unlock()
	j.next, j.pause = time.Now().Add(j.pause), min(2*j.pause, maxRetry)
}

func (q *Queue) drop(j *job) {
	_ = os.Remove(q.path(j.id))
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.jobs, j.id)
}

func (q *Queue) path(id string) string { return filepath.Join(q.cfg.Dir, id) }
