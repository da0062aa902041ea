package pop3

// stat gives the drop listing: how many letters and how many octets
// (RFC 1939 §5).
func (s *session) stat(string) { s.ok("%d %d", s.left, s.octets) }
