package pop3

// quit ends the session; from TRANSACTION it goes through the UPDATE state, in
// which letters are deleted and the mailbox is let go (RFC 1939 §6).
func (s *session) quit(string) {
	s.state = over
	if s.drop == nil {
		s.ok("Bye bye")
		return
	}
	var places []int
	for i, m := range s.marked {
		if m {
			places = append(places, i)
		}
	}
	var err error
	if len(places) > 0 {
		err = s.drop.Delete(places)
	}
	// Before the answer, so that who has read it can log in again.
	s.release()
	if err != nil {
		s.fail(codeSysTemp, "Some deleted messages were not removed")
		return
	}
	s.ok("%d messages deleted, %d left, bye bye", len(places), s.left)
}
