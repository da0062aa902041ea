package pop3

import "strconv"

// list gives the scan listing of one letter or of all (RFC 1939 §5).
func (s *session) list(number string) {
	if number != "" {
		if place, ok := s.place(number); ok {
			s.ok("%d %d", place+1, s.letters[place].Size)
		}
		return
	}
	s.ok("%d messages (%d octets)", s.left, s.octets)
	var size []byte
	for i, l := range s.letters {
		if !s.marked[i] {
			size = strconv.AppendInt(size[:0], l.Size, 10)
			s.numbered(i, size)
		}
	}
	s.end()
}
