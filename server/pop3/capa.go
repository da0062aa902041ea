package pop3

import (
	"strings"

	"surel/server/sasl"
)

// capa tells what the server can do (RFC 2449 §5). What is good for the
// AUTHORIZATION state alone is announced in it alone, except for those of
// which RFC 2449 §6 says that both states announce them.
func (s *session) capa(string) {
	s.ok("Capability list follows")
	say := func(line string) { _, _ = s.w.WriteString(line + "\r\n") }
	say("TOP")
	say("UIDL")
	say("USER")
	say("SASL " + strings.Join(sasl.Mechanisms(), " "))
	if !s.secure && s.state == authorization {
		say("STLS") // RFC 2595 §4: never once TLS is on
	}
	say("UTF8")
	say("RESP-CODES")
	say("AUTH-RESP-CODE")
	say("PIPELINING")
	say("EXPIRE NEVER")
	say("IMPLEMENTATION surel")
	s.end()
}
