package pop3

import (
	"bufio"
	"errors"
	"io"
	"strconv"
	"strings"
)

// top sends a letter's header, the empty line behind it, and some lines of its
// body (RFC 1939 §7).
func (s *session) top(argument string) {
	number, count, _ := strings.Cut(argument, " ")
	lines, err := strconv.ParseUint(count, 10, 31)
	if err != nil {
		s.fail("", "TOP needs a message-number and a number of lines")
		return
	}
	if place, ok := s.place(number); ok {
		s.send(place, int(lines))
	}
}

// copyTop copies the header and the first lines of the body.
func copyTop(w io.Writer, letter *bufio.Reader, lines int) error {
	begins, inBody := true, false // begins: at the beginning of a line
	for {
		if inBody && begins {
			if lines == 0 {
				return nil
			}
			lines--
		}
		part, err := letter.ReadSlice('\n')
		if _, werr := w.Write(part); werr != nil {
			return werr
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, bufio.ErrBufferFull):
			begins = false
			continue
		case err != nil:
			return err
		}
		if begins && strings.TrimRight(string(part), "\r\n") == "" {
			inBody = true
		}
		begins = true
	}
}
