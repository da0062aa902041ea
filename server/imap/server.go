// Package imap runs the lab's IMAP servers (RFC 9051, RFC 3501) on
// emersion/go-imap, with sessions of our own over server/mailbox. Start with
// New; the file of a command is called after it, and view.go holds what makes
// IMAP hard: each client's own picture of the mailbox.
//
// Clear-text logins are allowed before STARTTLS, although RFC 9051 §6.2.3 wants
// LOGINDISABLED there: the lab listens on this machine alone, and its lessons
// show what an eavesdropper reads.
//
// What go-imap says by itself stays as it is. It has no way in for SORT,
// THREAD, QUOTA, ID and CONDSTORE. LITERAL+ stays off, because the library
// always announces LITERAL- and RFC 7888 §5 forbids to announce both.
package imap

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"

	"surel/server/mailbox"
	"surel/server/tap"
)

// MaxAppendBytes is the largest letter that APPEND takes, 2 MiB, announced by
// APPENDLIMIT (RFC 7889). SMTP's largest fits in, with its trace lines.
const MaxAppendBytes = 2 << 20

// pause is how long a port rests when it cannot accept a connection.
const pause = 50 * time.Millisecond

// Config says whom a server serves.
type Config struct {
	// Host is the server's logical name.
	Host string
	// Account finds who may log in by a name as a client gives it.
	Account func(name string) (mailbox.Account, bool)
	Store   *mailbox.Store
	TLS     *tls.Config
}

// Server is one IMAP server. It may serve several ports.
type Server struct {
	cfg Config

	mu              sync.Mutex
	taps            []*tap.Listener
	closing         chan struct{}
	ports, sessions sync.WaitGroup
}

// New makes a server that does not listen yet.
func New(c Config) *Server { return &Server{cfg: c, closing: make(chan struct{})} }

// caps are the capabilities that go-imap leaves to its user. It adds those that
// need no mailbox: SASL-IR, LITERAL-, STARTTLS, UNSELECT, ENABLE, IDLE,
// UTF8=ACCEPT and, with its limit, APPENDLIMIT.
func caps() goimap.CapSet {
	set := goimap.CapSet{}
	for _, c := range []goimap.Cap{
		goimap.CapIMAP4rev1, goimap.CapIMAP4rev2, goimap.CapNamespace, goimap.CapUIDPlus,
		goimap.CapESearch, goimap.CapSearchRes, goimap.CapListExtended, goimap.CapListStatus,
		goimap.CapMove, goimap.CapStatusSize, goimap.CapBinary, goimap.CapChildren,
		goimap.CapSpecialUse, goimap.CapCreateSpecialUse, goimap.CapUnauthenticate,
	} {
		set[c] = struct{}{}
	}
	return set
}

// Serve accepts the connections of l until the server is closed; with
// implicit, TLS begins with the first byte (RFC 8314 §3.2).
func (s *Server) Serve(l *tap.Listener, implicit bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taps = append(s.taps, l)
	s.ports.Go(func() {
		for {
			conn, err := l.Accept()
			switch {
			case err == nil:
				s.handle(conn, implicit)
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

// handle starts a session. Each has a library's server of its own, because
// only its log tells why a connection ends.
func (s *Server) handle(conn net.Conn, implicit bool) {
	n := &session{srv: s}
	conn = &patient{Conn: conn, session: n}
	if implicit {
		conn = tls.Server(conn, s.cfg.TLS)
	}
	srv := imapserver.New(&imapserver.Options{
		Caps: caps(), TLSConfig: s.cfg.TLS, InsecureAuth: true, Logger: n,
		NewSession: func(c *imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			n.conn = c
			return n, nil, nil
		},
	})
	s.sessions.Add(1)
	_ = srv.Serve(&once{conn: conn}) // returns when the connection has its goroutine
}

// once is a listener of one connection.
type once struct {
	net.Listener
	conn net.Conn
}

// Accept gives the connection, and net.ErrClosed afterwards.
func (o *once) Accept() (net.Conn, error) {
	conn := o.conn
	o.conn = nil
	if conn == nil {
		return nil, net.ErrClosed
	}
	return conn, nil
}

// Close ends every connection and waits until nothing of the server touches a
// mailbox, or the context ends. It may be called once.
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
		return fmt.Errorf("close the IMAP server: %w", ctx.Err())
	}
}
