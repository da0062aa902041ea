package pop3

import (
	"crypto/rand"
	"fmt"
	"time"
)

// greet says who is there, with a timestamp that no other greeting has: APOP
// builds on it (RFC 1939 §7).
func (s *session) greet() {
	s.stamp = fmt.Sprintf("<%s.%d@%s>", rand.Text(), time.Now().Unix(), s.srv.cfg.Host)
	s.ok("%s POP3 server ready %s", s.srv.cfg.Host, s.stamp)
}
