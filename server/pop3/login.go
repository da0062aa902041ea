package pop3

import "errors"

// admit locks the mailbox of who has proven to be its owner.
func (s *session) admit(a Account, proven bool) {
	if !proven {
		s.failures++
		if s.failures >= MaxFailures {
			s.fail(codeAuth, "Too many failed logins, bye bye")
			s.state = over
			return
		}
		s.fail(codeAuth, "Wrong name or password")
		return
	}
	drop, err := s.srv.cfg.Open(a.Name)
	switch {
	case errors.Is(err, ErrInUse):
		s.fail(codeInUse, "Another session has the mailbox, please try again later")
		return
	case err != nil:
		s.fail(codeSysTemp, "Could not open the mailbox, please try again later")
		return
	}
	s.drop, s.letters, s.state = drop, drop.Letters(), transaction
	s.unmark()
	s.ok("%d messages (%d octets)", s.left, s.octets)
}

// unmark takes the marks off all letters.
func (s *session) unmark() {
	s.marked = make([]bool, len(s.letters))
	s.left, s.octets = len(s.letters), 0
	for _, l := range s.letters {
		s.octets += l.Size
	}
}
