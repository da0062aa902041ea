package pop3

import (
	gosasl "github.com/emersion/go-sasl"

	"surel/server/sasl"
)

// proof is what an exchange has come to.
type proof struct {
	account Account
	proven  bool
}

// mechanism gives the server's side of a mechanism, or nil. It sets who; nobody
// may act for another.
func (s *session) mechanism(name string, who *proof) gosasl.Server {
	return sasl.New(name, sasl.Checks{
		Host: s.srv.cfg.Host,
		Password: func(user, password string) error {
			who.account, who.proven = s.checkPassword(user, password)
			return nil
		},
		Digest: func(user string, challenge []byte, digest string) error {
			account, known := s.srv.cfg.Account(user)
			who.account, who.proven = account, known && sasl.SameDigest(account.Password, challenge, digest)
			return nil
		},
	})
}
