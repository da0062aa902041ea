package pop3

// rset takes the marks off all letters (RFC 1939 §5).
func (s *session) rset(string) {
	s.unmark()
	s.ok("%d messages (%d octets)", s.left, s.octets)
}
