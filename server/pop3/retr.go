package pop3

import (
	"bufio"
	"errors"
	"io"
	"math"
)

// retr sends a letter (RFC 1939 §5).
func (s *session) retr(number string) {
	if place, ok := s.place(number); ok {
		s.send(place, math.MaxInt)
	}
}

// send sends a letter's header and the first lines of its body. It goes through
// a buffer, however large it is.
func (s *session) send(place, lines int) {
	file, err := s.drop.Read(place)
	switch {
	case errors.Is(err, ErrGone):
		s.fail("", "Message is gone")
		return
	case err != nil:
		s.fail(codeSysTemp, "Could not read the message, please try again later")
		return
	}
	defer func() { _ = file.Close() }()
	// The wrapping keeps the file from copying itself past the buffer.
	letter := bufio.NewReaderSize(struct{ io.Reader }{file}, maxHeader)
	if !s.utf8 && hasEightBitHeader(letter) { // RFC 6856 §5
		s.fail(codeUTF8, "The header holds UTF-8; use UTF8 before you log in")
		return
	}
	if lines == math.MaxInt {
		s.ok("%d octets", s.letters[place].Size)
	} else {
		s.ok("Top of message follows")
	}
	out := &stuffer{w: s.w, atStart: true}
	if lines == math.MaxInt {
		_, err = letter.WriteTo(out)
	} else {
		err = copyTop(out, letter, lines)
	}
	if err != nil {
		// Half a letter must not look like a whole one.
		s.state = over
		return
	}
	out.finish()
}
