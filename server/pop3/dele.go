package pop3

// dele marks a letter. It is deleted in the UPDATE state, if the session
// reaches it (RFC 1939 §5).
func (s *session) dele(number string) {
	place, ok := s.place(number)
	if !ok {
		return
	}
	s.marked[place] = true
	s.left--
	s.octets -= s.letters[place].Size
	s.ok("Message %d will be deleted at QUIT", place+1)
}
