package imap

import (
	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	gosasl "github.com/emersion/go-sasl"

	"surel/server/mailbox"
	"surel/server/sasl"
)

// Login lets a client in by name and password (RFC 9051 §6.2.3).
func (s *session) Login(name, password string) error {
	account, known := s.srv.cfg.Account(name)
	return s.admit(account, known && sasl.SamePassword(account.Password, password))
}

// loginByDigest lets a client in that has answered a challenge.
func (s *session) loginByDigest(name string, challenge []byte, digest string) error {
	account, known := s.srv.cfg.Account(name)
	return s.admit(account, known && sasl.SameDigest(account.Password, challenge, digest))
}

// admit opens the mailbox of a client that has proven who it is.
func (s *session) admit(account mailbox.Account, proven bool) error {
	if !proven {
		return imapserver.ErrAuthFailed
	}
	box, err := s.srv.cfg.Store.Mailbox(account.Address)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.box = box
	s.known.Store(true)
	return nil
}

// AuthenticateMechanisms gives what CAPABILITY announces (RFC 9051 §6.2.2).
func (s *session) AuthenticateMechanisms() []string { return sasl.Mechanisms() }

// Authenticate begins an exchange by the mechanism that the client has chosen.
func (s *session) Authenticate(mechanism string) (gosasl.Server, error) {
	server := sasl.New(mechanism, sasl.Checks{
		Host: s.srv.cfg.Host, Password: s.Login, Digest: s.loginByDigest,
		Foreign:   no(goimap.ResponseCodeAuthorizationFailed, "Nobody may act for another here"),
		Malformed: &goimap.Error{Type: goimap.StatusResponseTypeBad, Text: "Malformed authentication response"},
	})
	if server == nil {
		return nil, no("", "No such mechanism")
	}
	return server, nil
}

// Unauthenticate lets another user log in on the same connection
// (RFC 8437 §3).
func (s *session) Unauthenticate() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.box, s.view = nil, nil
	s.known.Store(false)
	return nil
}
