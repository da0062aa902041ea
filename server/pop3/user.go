package pop3

import "surel/server/sasl"

// userName takes a name. It is good whoever has it, so that nobody can try out
// which mailboxes there are (RFC 1939 §13).
func (s *session) userName(name string) {
	s.user = name
	s.ok("Send the password")
}

// pass takes the password. Blanks belong to it (RFC 1939 §7).
func (s *session) pass(password string) {
	user := s.user
	s.user = ""
	if user == "" {
		s.fail("", "Send USER first")
		return
	}
	s.admit(s.checkPassword(user, password))
}

// checkPassword gives the account of a name if the password is its own.
func (s *session) checkPassword(user, password string) (Account, bool) {
	a, known := s.srv.cfg.Account(user)
	return a, known && sasl.SamePassword(a.Password, password)
}
