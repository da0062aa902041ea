package pop3

import (
	"crypto/hmac"
	"crypto/md5"
	"encoding/hex"
	"strings"
)

// apop takes a name and the digest of the greeting's timestamp and the
// password, which itself is not sent (RFC 1939 §7).
func (s *session) apop(argument string) {
	cut := strings.LastIndexByte(argument, ' ')
	if cut <= 0 {
		s.fail("", "APOP needs a name and a digest")
		return
	}
	a, known := s.srv.cfg.Account(argument[:cut])
	sum := md5.Sum([]byte(s.stamp + a.Password))
	same := hmac.Equal([]byte(hex.EncodeToString(sum[:])), []byte(argument[cut+1:]))
	s.admit(a, known && a.Password != "" && same)
}
