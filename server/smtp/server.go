// Package smtp runs the lab's SMTP servers (RFC 5321) on emersion/go-smtp:
// for incoming mail and for submission (RFC 6409). Start with Server; what a
// server decides about a letter is in session.go and data.go, and what it
// hands on to other hosts goes through Queue.
//
// What go-smtp says by itself stays as it is, also where the RFC advises
// another code: the lab shows what was really said.
package smtp

import (
	"context"
	"crypto/tls"
	"io"
	"log"
	"net"
	"sync"

	gosmtp "github.com/emersion/go-smtp"

	"surel/server/mailbox"
	"surel/server/tap"
)

// Limits of every server of the lab.
const (
	// MaxMessageBytes is the largest letter, 1 MiB, announced by SIZE
	// (RFC 1870).
	MaxMessageBytes = 1 << 20
	// MaxRecipients is the most that one letter may have, announced by LIMITS
	// (RFC 9422). It is the number that RFC 5321 §4.5.3.1.8 demands at least.
	MaxRecipients = 100
	// MaxLineLength is the longest line in bytes: twice what RFC 5321
	// §4.5.3.1.6 demands.
	MaxLineLength = 2000
)

// Config says what a server is for.
type Config struct {
	// Host is the name that the server gives itself.
	Host string
	// Submission makes it a server for the organisation's own people: it
	// demands a login and hands on what is for others.
	Submission bool
	// Local tells whether letters to a domain are kept here.
	Local func(domain string) bool
	Store *mailbox.Store
	Queue *Queue
	TLS   *tls.Config
	// Greylist delays strangers' letters to some mailboxes.
	Greylist *Greylist
}

// Server is one SMTP server. It may serve several ports.
type Server struct {
	cfg Config
	srv *gosmtp.Server

	mu      sync.Mutex
	closing bool
	taps    []*tap.Listener
	serving sync.WaitGroup // ports
	storing sync.WaitGroup // letters; go-smtp does not wait for those of BDAT

	buffers sync.Pool
}

// New makes a server that does not listen yet.
func New(c Config) *Server {
	s := &Server{cfg: c, buffers: sync.Pool{New: func() any { return new(letter) }}}
	s.srv = gosmtp.NewServer(gosmtp.BackendFunc(s.newSession))
	s.srv.Domain = c.Host
	s.srv.TLSConfig = c.TLS
	s.srv.MaxMessageBytes = MaxMessageBytes
	s.srv.MaxRecipients = MaxRecipients
	s.srv.MaxLineLength = MaxLineLength
	s.srv.EnableSMTPUTF8 = true
	s.srv.EnableREQUIRETLS = true
	s.srv.EnableDSN = true
	s.srv.EnableRRVS = true
	// The queue hands on with DATA, which cannot carry BINARYMIME, so only
	// servers that keep every letter announce it (RFC 3030 §3). DELIVERBY and
	// MT-PRIORITY stay off: go-smtp looks for them at RCPT, but RFC 2852 §4
	// and RFC 6710 §4.1 put them at MAIL, so a right client would be refused.
	s.srv.EnableBINARYMIME = !c.Submission
	// The screen belongs to others; what goes wrong shows in the dialogue.
	s.srv.ErrorLog = log.New(io.Discard, "", 0)
	// No ReadTimeout and no WriteTimeout: the tap keeps them, and better.
	return s
}

// Serve accepts the connections of l until the server is closed; with
// implicit, TLS begins with the first byte (RFC 8314 §3.3).
func (s *Server) Serve(l *tap.Listener, implicit bool) {
	var accept net.Listener = l
	if implicit {
		accept = tls.NewListener(l, s.cfg.TLS)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taps = append(s.taps, l)
	s.serving.Go(func() { _ = s.srv.Serve(accept) })
}

// Close ends every connection and waits until nothing of the server runs.
// Letters that were promised are on the disk.
func (s *Server) Close(ctx context.Context) error {
	s.mu.Lock()
	s.closing = true
	taps := s.taps
	s.mu.Unlock()

	ended := make(chan error, 1)
	go func() { ended <- s.srv.Shutdown(ctx) }()
	for _, l := range taps {
		_ = l.Close()
		l.CloseConns()
	}
	s.serving.Wait() // now nothing is accepted any more
	for _, l := range taps {
		l.CloseConns()
	}
	err := <-ended
	s.storing.Wait()
	return err
}

// begin tells whether a letter may still be stored; end must follow.
func (s *Server) begin() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing {
		return false
	}
	s.storing.Add(1)
	return true
}
