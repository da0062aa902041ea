package imap

import (
	"crypto/subtle"
	"errors"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-sasl"
)

// Login lets a client in by name and password (RFC 9051 §6.2.3).
func (s *session) Login(name, password string) error {
	account, known := s.srv.cfg.Account(name)
	same := subtle.ConstantTimeCompare([]byte(password), []byte(account.Password)) == 1
	if !known || account.Password == "" || !same {
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
func (s *session) AuthenticateMechanisms() []string { return []string{sasl.Plain, sasl.Login} }

// Authenticate begins an exchange by the mechanism that the client has chosen.
func (s *session) Authenticate(mechanism string) (sasl.Server, error) {
	switch mechanism {
	case sasl.Plain:
		return wellFormed{sasl.NewPlainServer(func(identity, name, password string) error {
			if identity != "" && identity != name {
				return no(goimap.ResponseCodeAuthorizationFailed, "Nobody may act for another here")
			}
			return s.Login(name, password)
		})}, nil
	case sasl.Login:
		return &loginServer{login: s.Login}, nil
	}
	return nil, no("", "No such mechanism")
}

// wellFormed gives a malformed response of the client its answer.
type wellFormed struct{ sasl.Server }

// Next takes a response.
func (w wellFormed) Next(response []byte) (challenge []byte, done bool, err error) {
	challenge, done, err = w.Server.Next(response)
	var told *goimap.Error
	if err != nil && !errors.As(err, &told) {
		err = &goimap.Error{Type: goimap.StatusResponseTypeBad, Text: "Malformed authentication response"}
	}
	return challenge, done, err
}

// loginServer is the LOGIN mechanism, which no RFC describes: it asks for the
// name, then for the password.
type loginServer struct {
	login func(name, password string) error
	asked int
	name  string
}

// Next takes a response.
func (l *loginServer) Next(response []byte) (challenge []byte, done bool, err error) {
	if response == nil {
		l.asked = 1
		return []byte("Username:"), false, nil
	}
	l.asked++
	if l.asked <= 2 { // the name may have come with the command itself
		l.asked, l.name = 2, string(response)
		return []byte("Password:"), false, nil
	}
	return nil, true, l.login(l.name, string(response))
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
