package imap

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"

	"surel/server/mailbox"
)

// session is what a server knows of one client.
type session struct {
	srv  *Server
	conn *imapserver.Conn

	// go-imap runs IDLE in a goroutine of its own and does not always wait for
	// its end before it goes on.
	mu     sync.Mutex
	closed bool
	known  atomic.Bool      // somebody has logged in
	box    *mailbox.Mailbox // nil: nobody has
	view   *view            // nil: no folder is selected
}

var (
	_ imapserver.SessionIMAP4rev2      = (*session)(nil)
	_ imapserver.SessionSASL           = (*session)(nil)
	_ imapserver.SessionUnauthenticate = (*session)(nil)
	_ imapserver.SessionAppendLimit    = (*session)(nil)
	_ imapserver.Logger                = (*session)(nil)
)

// Close ends the session; what it has confirmed is on the disk.
func (s *session) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.closed = true
		s.srv.sessions.Done()
	}
	return nil
}

// Printf takes what go-imap would print on the screen, which belongs to others.
// Of a connection that it gives up without a word the client is told the reason
// here (RFC 9051 §7.1.5).
func (s *session) Printf(format string, args ...any) {
	if strings.HasPrefix(format, "failed to read command") {
		_ = s.conn.Bye(fmt.Sprintf("Cannot go on: %v", errors.Join(errorsOf(args)...)))
	}
}

func errorsOf(args []any) []error {
	var errs []error
	for _, a := range args {
		if err, ok := a.(error); ok {
			errs = append(errs, err)
		}
	}
	return errs
}

func (s *session) loggedIn() bool { return s.known.Load() }

// no gives a tagged NO with a response code (RFC 9051 §7.1).
func no(code goimap.ResponseCode, text string) error {
	return &goimap.Error{Type: goimap.StatusResponseTypeNo, Code: code, Text: text}
}

// refuse gives an error of the store its response. missing is the code for a
// folder that is not there.
func refuse(err error, missing goimap.ResponseCode) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, mailbox.ErrNoFolder):
		return no(missing, "No such mailbox")
	case errors.Is(err, mailbox.ErrFolderExists):
		return no(goimap.ResponseCodeAlreadyExists, "Mailbox exists already")
	case errors.Is(err, mailbox.ErrName):
		return no(goimap.ResponseCodeCannot, "This name is not allowed")
	case errors.Is(err, mailbox.ErrSpecial):
		return no(goimap.ResponseCodeCannot, "This mailbox always stays")
	case errors.Is(err, mailbox.ErrFull):
		return no(goimap.ResponseCodeOverQuota, "The mailbox is full")
	case errors.Is(err, mailbox.ErrKeywords):
		return no(goimap.ResponseCodeLimit, "The mailbox has as many keywords as it can hold")
	case errors.Is(err, mailbox.ErrGone):
		return no("EXPUNGEISSUED", "Some of the messages no longer exist")
	}
	return err // go-imap says NO [SERVERBUG]
}

// AppendLimit announces MaxAppendBytes.
func (s *session) AppendLimit() uint32 { return MaxAppendBytes }

// Namespace says that all mailboxes are the client's own (RFC 2342 §5).
func (s *session) Namespace() (*goimap.NamespaceData, error) {
	return &goimap.NamespaceData{Personal: []goimap.NamespaceDescriptor{{Delim: delimiter}}}, nil
}

// rev2 tells whether the client has enabled IMAP4rev2 (RFC 9051 §6.3.1).
func (s *session) rev2() bool { return s.conn.EnabledCaps().Has(goimap.CapIMAP4rev2) }
