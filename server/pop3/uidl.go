package pop3

// uidl gives the unique-id listing of one letter or of all (RFC 1939 §7).
func (s *session) uidl(number string) {
	if number != "" {
		if place, ok := s.place(number); ok {
			s.ok("%d %s", place+1, s.letters[place].UID)
		}
		return
	}
	s.ok("Unique-id listing follows")
	var uid []byte
	for i, l := range s.letters {
		if !s.marked[i] {
			uid = append(uid[:0], l.UID...)
			s.numbered(i, uid)
		}
	}
	s.end()
}
