package pop3

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/emersion/go-sasl"
)

// mechanisms are the names that CAPA announces.
const mechanisms = "PLAIN LOGIN CRAM-MD5"

// proof is what an exchange has come to.
type proof struct {
	account Account
	proven  bool
}

// mechanism gives the server's side of a mechanism, or nil. It sets who.
func (s *session) mechanism(name string, who *proof) sasl.Server {
	check := func(user, password string) {
		who.account, who.proven = s.checkPassword(user, password)
	}
	switch name {
	case sasl.Plain:
		return sasl.NewPlainServer(func(identity, user, password string) error {
			check(user, password)
			if identity != "" && identity != user {
				who.proven = false // nobody may act for another here
			}
			return nil
		})
	case sasl.Login:
		return &loginServer{check: check}
	case "CRAM-MD5":
		return &cramServer{host: s.srv.cfg.Host, check: func(user string, challenge []byte, digest string) {
			who.account, who.proven = s.checkDigest(user, challenge, digest)
		}}
	}
	return nil
}

// checkDigest holds the answer to a CRAM-MD5 challenge against the password.
func (s *session) checkDigest(user string, challenge []byte, digest string) (Account, bool) {
	a, known := s.srv.cfg.Account(user)
	mac := hmac.New(md5.New, []byte(a.Password))
	mac.Write(challenge)
	same := hmac.Equal([]byte(hex.EncodeToString(mac.Sum(nil))), []byte(digest))
	return a, known && a.Password != "" && same
}

// loginServer is the LOGIN mechanism, which no RFC describes: it asks for the
// name, then for the password.
type loginServer struct {
	check func(user, password string)
	named bool
	user  string
}

func (l *loginServer) Next(response []byte) (challenge []byte, done bool, err error) {
	switch {
	case response == nil:
		return []byte("Username:"), false, nil
	case !l.named: // the name may have come with AUTH itself
		l.named, l.user = true, string(response)
		return []byte("Password:"), false, nil
	}
	l.check(l.user, string(response))
	return nil, true, nil
}

// cramServer is the CRAM-MD5 mechanism (RFC 2195 §2): the client proves that
// it knows the password without sending it.
type cramServer struct {
	host      string
	check     func(user string, challenge []byte, digest string)
	challenge []byte
}

var errMalformed = errors.New("malformed response")

func (c *cramServer) Next(response []byte) (challenge []byte, done bool, err error) {
	if c.challenge == nil {
		if response != nil {
			return nil, false, errMalformed // the server speaks first
		}
		c.challenge = fmt.Appendf(nil, "<%s.%d@%s>", rand.Text(), time.Now().Unix(), c.host)
		return c.challenge, false, nil
	}
	cut := strings.LastIndexByte(string(response), ' ')
	if cut < 0 {
		return nil, false, errMalformed
	}
	c.check(string(response[:cut]), c.challenge, string(response[cut+1:]))
	return nil, true, nil
}
