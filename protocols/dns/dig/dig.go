// Package dig turns what people copy of DNS into messages: the output of dig
// and kdig, or a message in hexadecimal digits or in base64. Start with Parse.
//
// What dig prints is not what crossed the wire, but says everything about it
// except how names were compressed: its messages are put together anew.
package dig

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/miekg/dns"

	"surel/protocols/wire"
)

// maxMessage is how long a message can be, in bytes (RFC 1035 §4.2.2).
const maxMessage = 65535

// headerLen is the size of a message's header in bytes (RFC 1035 §4.1.1).
const headerLen = 12

// Errors of Parse.
var (
	// ErrNoMessage tells that the text holds no message of the forms that are
	// known.
	ErrNoMessage = errors.New("the text holds neither dig's output nor a message in hex or base64")
	// ErrNoHeader tells that records stand there without the line that begins
	// with ->>HEADER<<-, so that nothing is known of their message.
	ErrNoHeader = errors.New("the line with ->>HEADER<<- is missing")
)

// Parse gives the messages of a text as datagrams: each from the client where it
// is a query, and from the server where it is a response. A blank line stands
// between two messages in hex or base64.
func Parse(text string) ([]wire.Segment, error) {
	if strings.Contains(text, headerMark) {
		return output(text)
	}
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	var segments []wire.Segment
	for block := range strings.SplitSeq(text, "\n\n") {
		if strings.TrimSpace(block) == "" {
			continue
		}
		b, ok := unhex(block)
		if !ok {
			b, ok = unbase64(block)
		}
		if !ok {
			if hasRecords(text) {
				return nil, ErrNoHeader
			}
			return nil, ErrNoMessage
		}
		s, err := segment(b)
		if err != nil {
			return nil, err
		}
		segments = append(segments, s)
	}
	if segments == nil {
		return nil, ErrNoMessage
	}
	return segments, nil
}

// segment gives a message the direction that its first flag tells. One that is
// too long is an error.
func segment(b []byte) (wire.Segment, error) {
	if len(b) > maxMessage {
		return wire.Segment{}, fmt.Errorf("read the message: %d bytes are more than the %d that a message can have", len(b), maxMessage)
	}
	s := wire.Segment{Bytes: b, Dir: wire.ClientToServer}
	if b[2]&0x80 != 0 {
		s.Dir = wire.ServerToClient
	}
	return s, nil
}

// unhex reads hexadecimal digits, as they are or as a dump: with the place
// before each line and the letters behind it.
func unhex(text string) ([]byte, bool) {
	var digits strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		place, rest, dump := strings.Cut(line, ":")
		if !dump {
			place, rest, dump = strings.Cut(line, "  ")
		}
		if dump && len(place) >= 4 && strings.Trim(place, "0123456789abcdefABCDEF") == "" {
			line, _, _ = strings.Cut(strings.TrimSpace(rest), "  ")
		}
		digits.WriteString(strings.ReplaceAll(line, " ", ""))
	}
	b, err := hex.DecodeString(strings.TrimPrefix(digits.String(), "0x"))
	return b, err == nil && len(b) >= headerLen
}

// unbase64 reads base64 of either alphabet, with or without padding, such as
// the parameter of DNS over HTTPS (RFC 8484 §4.1).
func unbase64(text string) ([]byte, bool) {
	text = strings.NewReplacer("\n", "", " ", "", "-", "+", "_", "/", "=", "").Replace(text)
	b, err := base64.RawStdEncoding.DecodeString(text)
	return b, err == nil && len(b) >= headerLen
}

// hasRecords tells whether a line of the text is a record.
func hasRecords(text string) bool {
	for line := range strings.Lines(text) {
		if rr, err := dns.NewRR(line); err == nil && rr != nil && line[0] != '$' && len(strings.Fields(line)) > 3 {
			return true
		}
	}
	return false
}
