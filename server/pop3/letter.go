package pop3

import "strconv"

// place reads a message-number and gives the letter's place. Where there is no
// such letter, or it is marked as deleted, the client is told and ok is false.
func (s *session) place(number string) (place int, ok bool) {
	n, err := strconv.ParseUint(number, 10, 31)
	switch {
	case err != nil || n == 0:
		s.fail("", "A message-number is a number from 1 on")
	case n > uint64(len(s.letters)):
		s.fail("", "No such message")
	case s.marked[n-1]:
		s.fail("", "Message is deleted")
	default:
		return int(n - 1), true
	}
	return 0, false
}

func (s *session) noop(string) { s.ok("Nothing done") }
