package pop3

// stls begins TLS (RFC 2595 §4). What a client, or someone between, has sent
// behind the command is dropped: it was not said under TLS (CVE-2011-0411).
func (s *session) stls(string) {
	switch {
	case s.secure:
		s.fail("", "TLS is on already")
		return
	case s.utf8: // RFC 6856 §2.1
		s.fail("", "STLS comes before UTF8")
		return
	}
	s.ok("Begin TLS now")
	if s.w.Flush() != nil {
		s.state = over
		return
	}
	s.startTLS()
}
