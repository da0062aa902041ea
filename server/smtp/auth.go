package smtp

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/emersion/go-sasl"
	gosmtp "github.com/emersion/go-smtp"
)

// cramMD5 is the mechanism's registered name.
const cramMD5 = "CRAM-MD5"

// AuthMechanisms gives what EHLO announces (RFC 4954 §3). Servers for
// incoming mail know no logins.
func (s *session) AuthMechanisms() []string {
	if !s.srv.cfg.Submission {
		return nil
	}
	return []string{sasl.Plain, sasl.Login, cramMD5}
}

// Auth begins an exchange by the mechanism that the client has chosen.
func (s *session) Auth(mechanism string) (sasl.Server, error) {
	if !s.srv.cfg.Submission {
		return nil, gosmtp.ErrAuthUnsupported
	}
	switch mechanism {
	case sasl.Plain:
		return wellFormed{sasl.NewPlainServer(func(identity, user, password string) error {
			if identity != "" && identity != user {
				return gosmtp.ErrAuthFailed // nobody may act for another here
			}
			return s.checkPassword(user, password)
		})}, nil
	case sasl.Login:
		return &loginServer{check: s.checkPassword}, nil
	case cramMD5:
		return &cramServer{host: s.srv.cfg.Host, check: s.checkDigest}, nil
	}
	return nil, gosmtp.ErrAuthUnknownMechanism
}

func (s *session) checkPassword(user, password string) error {
	account, known := s.srv.cfg.Store.Account(user)
	same := subtle.ConstantTimeCompare([]byte(password), []byte(account.Password)) == 1
	return s.admit(account.Address, known && account.Password != "" && same)
}

// checkDigest holds the answer to a CRAM-MD5 challenge against the password.
func (s *session) checkDigest(user string, challenge []byte, digest string) error {
	account, known := s.srv.cfg.Store.Account(user)
	mac := hmac.New(md5.New, []byte(account.Password))
	mac.Write(challenge)
	want := hex.EncodeToString(mac.Sum(nil))
	return s.admit(account.Address, known && account.Password != "" && hmac.Equal([]byte(want), []byte(digest)))
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

// wellFormed gives the errors of a mechanism of go-sasl their codes.
type wellFormed struct{ sasl.Server }

func (w wellFormed) Next(response []byte) (challenge []byte, done bool, err error) {
	challenge, done, err = w.Server.Next(response)
	if err != nil && !errors.Is(err, gosmtp.ErrAuthFailed) {
		err = errMalformed()
	}
	return challenge, done, err
}

// loginServer is the LOGIN mechanism, which no RFC describes: it asks for the
// name, then for the password.
type loginServer struct {
	check func(user, password string) error
	asked int
	user  string
}

func (l *loginServer) Next(response []byte) (challenge []byte, done bool, err error) {
	if response == nil {
		l.asked = 1
		return []byte("Username:"), false, nil
	}
	l.asked++
	if l.asked <= 2 { // the name may have come with the AUTH command itself
		l.asked, l.user = 2, string(response)
		return []byte("Password:"), false, nil
	}
	return nil, true, l.check(l.user, string(response))
}

// cramServer is the CRAM-MD5 mechanism (RFC 2195 §2): the client proves that
// it knows the password without sending it.
type cramServer struct {
	host      string
	check     func(user string, challenge []byte, digest string) error
	challenge []byte
}

func (c *cramServer) Next(response []byte) (challenge []byte, done bool, err error) {
	if c.challenge == nil {
		if response != nil {
			return nil, false, errMalformed() // the server speaks first
		}
		c.challenge = fmt.Appendf(nil, "<%s.%d@%s>", rand.Text(), time.Now().Unix(), c.host)
		return c.challenge, false, nil
	}
	cut := strings.LastIndexByte(string(response), ' ')
	if cut < 0 {
		return nil, false, errMalformed()
	}
	return nil, true, c.check(string(response[:cut]), c.challenge, string(response[cut+1:]))
}
