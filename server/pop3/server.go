// Package pop3 is a POP3 server: RFC 1939 with the extensions of RFC 2449
// (CAPA), RFC 2595 (STLS), RFC 3206 (response codes), RFC 5034 (SASL) and
// RFC 6856 (UTF8). Start with New; what the server needs of a mailbox is
// Maildrop.
//
// One file holds one command. To add a command, write its method in a file of
// its own, name it in find, and announce it in capa.go.
package pop3

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"surel/server/tap"
)

// Limits of every server.
const (
	// MaxLine is the longest command in octets, its end of line included
	// (RFC 2449 §4).
	MaxLine = 255
	// MaxResponse is the longest line of a SASL exchange in octets; what
	// RFC 5034 leaves open stands as in RFC 4954 §4.
	MaxResponse = 12288
	// MaxFailures is how many logins may fail before the connection ends.
	MaxFailures = 3
	// MaxMistakes is how many lines in a row may be no command before the
	// connection ends.
	MaxMistakes = 10
)

// pause is how long a port rests when it cannot accept a connection.
const pause = 50 * time.Millisecond

// Account is who may log in.
type Account struct {
	// Name is what the mailbox is opened by.
	Name     string
	Password string
}

// Config says whom a server serves.
type Config struct {
	// Host is the name that the server gives itself.
	Host string
	// Account finds who may log in by a name as a client gives it.
	Account func(name string) (Account, bool)
	// Open locks the mailbox of an account. It fails with ErrInUse where
	// another session has it.
	Open func(account string) (Maildrop, error)
	TLS  *tls.Config
}

// Server is one POP3 server. It may serve several ports.
type Server struct {
	cfg Config

	mu              sync.Mutex
	taps            []*tap.Listener
	closing         chan struct{}
	ports, sessions sync.WaitGroup
}

// New makes a server that does not listen yet.
func New(c Config) *Server { return &Server{cfg: c, closing: make(chan struct{})} }

// Serve accepts the connections of l until the server is closed; with
// implicit, TLS begins with the first byte (RFC 8314 §3.3).
func (s *Server) Serve(l *tap.Listener, implicit bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taps = append(s.taps, l)
	s.ports.Go(func() {
		for {
			conn, err := l.Accept()
			switch {
			case err == nil:
				s.sessions.Go(func() { s.handle(conn, implicit) })
			case !s.stillOpen(err):
				return
			}
		}
	})
}

// stillOpen tells whether a port goes on after it could not accept a
// connection, and waits until it is worth another try: most likely the process
// has too many files open.
func (s *Server) stillOpen(err error) bool {
	if errors.Is(err, net.ErrClosed) {
		return false
	}
	select {
	case <-time.After(pause):
		return true
	case <-s.closing:
		return false
	}
}

func (s *Server) handle(conn net.Conn, implicit bool) {
	n := newSession(s, conn)
	if implicit {
		n.startTLS()
	}
	n.serve()
	n.close()
}

// Close ends every connection and waits until nothing of the server runs, or
// the context ends. A session in its UPDATE state deletes to the end. It may be
// called once.
func (s *Server) Close(ctx context.Context) error {
	close(s.closing)
	s.mu.Lock()
	taps := s.taps
	s.mu.Unlock()
	for _, l := range taps {
		_ = l.Close()
	}
	s.ports.Wait() // now nothing is accepted any more
	for _, l := range taps {
		l.CloseConns()
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.sessions.Wait()
	}()
	select {
	case <-ended:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("close the POP3 server: %w", ctx.Err())
	}
}
