package sasl

import (
	"crypto/subtle"

	"github.com/emersion/go-sasl"
)

// plain is the PLAIN mechanism (RFC 4616 §2), with an answer for what cannot be
// read.
type plain struct {
	sasl.Server
	checks *Checks
	read   bool
}

func newPlain(c *Checks) *plain {
	p := &plain{checks: c}
	p.Server = sasl.NewPlainServer(func(identity, user, password string) error {
		p.read = true
		if identity != "" && identity != user {
			return c.Foreign
		}
		return c.Password(user, password)
	})
	return p
}

// Next takes a response.
func (p *plain) Next(response []byte) (challenge []byte, done bool, err error) {
	challenge, done, err = p.Server.Next(response)
	if err != nil && !p.read {
		err = p.checks.malformed()
	}
	return challenge, done, err
}

// SamePassword compares a password with the one that is known, in a time that
// tells nothing of it. An account without a password has no login.
func SamePassword(known, given string) bool {
	return known != "" && subtle.ConstantTimeCompare([]byte(known), []byte(given)) == 1
}
