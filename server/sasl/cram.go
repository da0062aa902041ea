package sasl

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// cram is the CRAM-MD5 mechanism (RFC 2195 §2): the client proves that it knows
// the password without sending it.
type cram struct {
	checks    *Checks
	challenge []byte
}

// Next takes a response.
func (c *cram) Next(response []byte) (challenge []byte, done bool, err error) {
	if c.challenge == nil {
		if response != nil {
			return nil, false, c.checks.malformed() // the server speaks first
		}
		c.challenge = fmt.Appendf(nil, "<%s.%d@%s>", rand.Text(), time.Now().Unix(), c.checks.Host)
		return c.challenge, false, nil
	}
	space := strings.LastIndexByte(string(response), ' ')
	if space < 0 {
		return nil, false, c.checks.malformed()
	}
	user, digest := string(response[:space]), string(response[space+1:])
	return nil, true, c.checks.Digest(user, c.challenge, digest)
}

// SameDigest tells whether the digest is that of the challenge with the
// password, in a time that tells nothing of it. An account without a password
// has no login.
func SameDigest(password string, challenge []byte, digest string) bool {
	mac := hmac.New(md5.New, []byte(password))
	mac.Write(challenge)
	return password != "" && hmac.Equal([]byte(hex.EncodeToString(mac.Sum(nil))), []byte(digest))
}
