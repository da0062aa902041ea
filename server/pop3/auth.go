package pop3

import (
	"encoding/base64"
	"strings"

	"github.com/emersion/go-sasl"
)

// auth carries out a SASL exchange (RFC 5034 §4).
func (s *session) auth(argument string) {
	mechanism, initial, given := strings.Cut(argument, " ")
	var who proof
	exchange := s.mechanism(strings.ToUpper(mechanism), &who)
	if exchange == nil {
		s.fail("", "Unknown mechanism")
		return
	}
	var response []byte // nil: the client has said nothing yet
	if given {
		var err error
		if response, err = decodeInitial(initial); err != nil {
			s.fail("", "Response is not base64")
			return
		}
	}
	if s.exchange(exchange, response) {
		s.admit(who.account, who.proven)
	}
}

// exchange asks until the mechanism has all it needs; false where it is
// answered already.
func (s *session) exchange(server sasl.Server, response []byte) bool {
	for {
		challenge, done, err := server.Next(response)
		switch {
		case err != nil:
			s.fail("", "Malformed response")
			return false
		case done:
			return true
		}
		_, _ = s.w.WriteString("+ " + base64.StdEncoding.EncodeToString(challenge) + "\r\n")
		line, err := s.readLine(MaxResponse)
		switch {
		case err != nil && isMistake(err):
			s.mistake(err.Error())
			return false
		case err != nil:
			s.state = over
			return false
		case line == "*":
			s.fail("", "Cancelled")
			return false
		}
		if response, err = base64.StdEncoding.DecodeString(line); err != nil {
			s.fail("", "Response is not base64")
			return false
		}
	}
}

// decodeInitial reads an initial response; "=" is one of no bytes.
func decodeInitial(text string) ([]byte, error) {
	if text == "=" {
		return []byte{}, nil
	}
	return base64.StdEncoding.DecodeString(text)
}
