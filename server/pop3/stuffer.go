package pop3

import (
	"bufio"
	"bytes"
)

// stuffer writes a letter as RFC 1939 §3 has it: every line ends with CR LF,
// and a dot at its beginning is doubled. A bare LF becomes CR LF, because some
// clients end a line at it and would take a dot behind it for the end of the
// letter.
type stuffer struct {
	w       *bufio.Writer
	atStart bool // of a line
	cr      bool // the last byte was a CR
}

// Write takes a part of a letter.
func (s *stuffer) Write(part []byte) (int, error) {
	n := len(part)
	for len(part) > 0 {
		if s.atStart && part[0] == '.' {
			_ = s.w.WriteByte('.')
		}
		end := bytes.IndexByte(part, '\n')
		if end < 0 {
			s.atStart, s.cr = false, part[len(part)-1] == '\r'
			_, err := s.w.Write(part)
			return n, err
		}
		if end > 0 {
			s.cr = part[end-1] == '\r'
		}
		if s.cr {
			_, _ = s.w.Write(part[:end+1])
		} else {
			_, _ = s.w.Write(part[:end])
			_, _ = s.w.WriteString("\r\n")
		}
		s.atStart, s.cr = true, false
		part = part[end+1:]
	}
	_, err := s.w.Write(nil) // an error of writing sticks
	return n, err
}

// finish ends the letter and the reply that holds it.
func (s *stuffer) finish() {
	if !s.atStart {
		_, _ = s.w.WriteString("\r\n")
	}
	_, _ = s.w.WriteString(".\r\n")
}
