// Package sasl is the server's side of the logins that SMTP, POP3 and IMAP
// share (RFC 4422): PLAIN, LOGIN and CRAM-MD5. Start with New. Who may come in,
// and what a person is told, is the business of the protocol.
package sasl

import (
	"errors"

	"github.com/emersion/go-sasl"
)

// CRAMMD5 is the registered name of the mechanism of RFC 2195.
const CRAMMD5 = "CRAM-MD5"

// errMalformed is told where a protocol has no words of its own.
var errMalformed = errors.New("malformed authentication response")

// Mechanisms gives the names of the mechanisms, the simplest first.
func Mechanisms() []string { return []string{sasl.Plain, sasl.Login, CRAMMD5} }

// Checks is what a protocol adds to an exchange. What the functions return is
// what the exchange ends with.
type Checks struct {
	// Host names the server in the challenge of CRAM-MD5.
	Host string
	// Password holds a name and a password against what is known.
	Password func(user, password string) error
	// Digest holds the answer to a challenge against what is known; SameDigest
	// compares.
	Digest func(user string, challenge []byte, digest string) error
	// Foreign is what a person is told who wants to act for another; nil to go
	// on without having been checked.
	Foreign error
	// Malformed is what a client is told whose response is not what the
	// mechanism calls for; nil for words of this package's own.
	Malformed error
}

func (c *Checks) malformed() error {
	if c.Malformed != nil {
		return c.Malformed
	}
	return errMalformed
}

// New begins an exchange by a mechanism, named in capitals; nil for one that
// this package does not have.
func New(mechanism string, c Checks) sasl.Server {
	switch mechanism {
	case sasl.Plain:
		return newPlain(&c)
	case sasl.Login:
		return &login{checks: &c}
	case CRAMMD5:
		return &cram{checks: &c}
	}
	return nil
}
