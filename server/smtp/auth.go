package smtp

import (
	gosasl "github.com/emersion/go-sasl"
	gosmtp "github.com/emersion/go-smtp"

	"surel/server/sasl"
)

// AuthMechanisms gives what EHLO announces (RFC 4954 §3). Servers for
// incoming mail know no logins.
func (s *session) AuthMechanisms() []string {
	if !s.srv.cfg.Submission {
		return nil
	}
	return sasl.Mechanisms()
}

// Auth begins an exchange by the mechanism that the client has chosen.
func (s *session) Auth(mechanism string) (gosasl.Server, error) {
	if !s.srv.cfg.Submission {
		return nil, gosmtp.ErrAuthUnsupported
	}
	server := sasl.New(mechanism, sasl.Checks{
		Host: s.srv.cfg.Host, Password: s.checkPassword, Digest: s.checkDigest,
		Foreign: gosmtp.ErrAuthFailed, Malformed: errMalformed(),
	})
	if server == nil {
		return nil, gosmtp.ErrAuthUnknownMechanism
	}
	return server, nil
}

func (s *session) checkPassword(user, password string) error {
	account, known := s.srv.cfg.Store.Account(user)
	return s.admit(account.Address, known && sasl.SamePassword(account.Password, password))
}

// checkDigest holds the answer to a CRAM-MD5 challenge against the password.
func (s *session) checkDigest(user string, challenge []byte, digest string) error {
	account, known := s.srv.cfg.Store.Account(user)
	return s.admit(account.Address, known && sasl.SameDigest(account.Password, challenge, digest))
}

// admit lets the people of the server's own organisation in.
func (s *session) admit(user string, proven bool) error {
	if !proven || !s.srv.cfg.Local(domainOf(user)) {
		return gosmtp.ErrAuthFailed
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.user = user
	return nil
}

// errMalformed answers a response that is not what the mechanism calls for
// (RFC 4954 §4).
func errMalformed() error {
	return reply(501, gosmtp.EnhancedCode{5, 5, 2}, "Malformed authentication response")
}
