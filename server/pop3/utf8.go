package pop3

// utf8Mode lets letters with UTF-8 in their headers through (RFC 6856 §2.1).
func (s *session) utf8Mode(string) {
	s.utf8 = true
	s.ok("UTF-8 is welcome")
}
