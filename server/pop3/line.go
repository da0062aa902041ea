package pop3

import (
	"bufio"
	"errors"
	"strings"
)

// maxSkipped is how much of a line that is too long is read over.
const maxSkipped = 64 << 10

// Mistakes in a line; their texts are what the client is told.
var (
	errLineTooLong = errors.New("Line too long")                           //nolint:revive,staticcheck // a reply, not a part of an error
	errControl     = errors.New("Line holds bytes that are no ASCII text") //nolint:revive,staticcheck // likewise
)

func isMistake(err error) bool { return errors.Is(err, errLineTooLong) || errors.Is(err, errControl) }

// readLine gives the next line without its end, CR LF or, from people who type,
// LF alone. A line longer than limit, end included, is read over. Half a line
// at the end of a connection is no line.
func (s *session) readLine(limit int) (string, error) {
	var line []byte
	size := 0
	for {
		part, err := s.r.ReadSlice('\n')
		size += len(part)
		if size <= limit {
			line = append(line, part...)
		}
		if err == nil {
			break
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return "", err
		}
		if size > maxSkipped {
			s.state = over
			return "", errLineTooLong
		}
	}
	if size > limit {
		return "", errLineTooLong
	}
	text := strings.TrimSuffix(strings.TrimSuffix(string(line), "\n"), "\r")
	if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) {
		return "", errControl
	}
	return text, nil
}
