package imap

import (
	"bytes"
	"math"

	"surel/protocols/line"
)

// maxLine bounds how many bytes may wait for the end of their line, literals
// left out. Servers announce what they find in a large mailbox on one line, so
// it is generous.
const maxLine = 1 << 20

// maxMessage is the longest message in bytes. A longer one, which only
// literals make, is cut into parts of this size.
const maxMessage = 16 << 20

// scan finds the ends of the messages of one direction: a line with the
// literals that stand at the ends of its pieces (RFC 9051 §4.3). It remembers
// how far it has looked, so that no byte is looked at twice.
type scan struct {
	at        int   // this many unconsumed bytes are known
	lineStart int   // where the line's current piece begins
	literal   int64 // bytes of the literal at `at` that are still to come
	start     int64 // bytes of a literal with which the message begins
	continued bool  // an earlier part of the message was cut off
	broken    bool  // the line has begun in a message that was cut off
}

// end says how a message ends.
type end uint8

const (
	endOpen  end = iota // its end has not come
	endWhole            // with its final line
	endSync             // before a literal for which the client must wait
	endPart             // after maxMessage bytes
	endLong             // after maxLine bytes without the end of a line
)

// literals says what the announcement of a literal does to a message.
type literals uint8

const (
	literalsNone   literals = iota // nothing: a line is a line
	literalsWait                   // one for which the client must wait ends it: a client speaks
	literalsFollow                 // the literal follows: a server speaks
)

// next gives the length of the message that begins b, and how it ends.
func (s *scan) next(b []byte, rule literals) (int, end) {
	window := b[:min(len(b), maxMessage)]
	for {
		if n := int(min(s.literal, int64(len(window)-s.at))); n > 0 {
			s.at += n
			s.literal -= int64(n)
			s.lineStart = s.at
		}
		if s.literal > 0 {
			if len(window) == maxMessage {
				return maxMessage, endPart
			}
			return 0, endOpen
		}
		i := bytes.IndexByte(window[s.at:], '\n')
		if i < 0 {
			s.at = len(window)
			return s.unended(len(window))
		}
		piece := window[s.lineStart : s.at+i+1]
		if len(piece) > maxLine {
			return s.lineStart + maxLine, endLong
		}
		s.at += i + 1
		size, waits, ok := literalAt(piece)
		switch {
		case !ok || s.broken || rule == literalsNone || rule == literalsFollow && s.first() && isStatus(piece):
			return s.at, endWhole
		case rule == literalsWait && waits:
			s.literal = size
			return s.at, endSync
		}
		s.literal, s.lineStart = size, s.at
	}
}

// first tells whether the current piece of the line begins the message.
func (s *scan) first() bool { return s.lineStart == 0 && s.start == 0 && !s.continued }

// unended decides about size bytes in which no line ends.
func (s *scan) unended(size int) (int, end) {
	switch {
	case size-s.lineStart >= maxLine:
		return s.lineStart + maxLine, endLong
	case size == maxMessage:
		return maxMessage, endPart
	}
	return 0, endOpen
}

// take is told that a message that ended so was taken, and gives what began
// it: how many bytes of a literal, and whether it continues a part.
func (s *scan) take(e end) (literal int64, continued bool) {
	literal, continued = s.start, s.continued
	*s = scan{literal: s.literal, start: s.literal, continued: e == endPart, broken: e == endLong}
	return literal, continued
}

// literalAt finds the literal that the line announces at its end:
// "{" number ["+"] "}" CRLF (RFC 9051 §4.3, RFC 7888 §3).
func literalAt(piece []byte) (size int64, waits, ok bool) {
	text := line.Cut(piece)
	if len(text) == len(piece) || len(text) == 0 || text[len(text)-1] != '}' {
		return 0, false, false
	}
	from := max(0, len(text)-maxAnnouncement)
	open := bytes.LastIndexByte(text[from:], '{')
	if open < 0 {
		return 0, false, false
	}
	return announcement(text[from+open:])
}

// maxAnnouncement is the longest announcement of a literal, in bytes.
const maxAnnouncement = len("{9223372036854775807+}")

// announcement reads the announcement of a literal from brace to brace.
func announcement(text []byte) (size int64, waits, ok bool) {
	if len(text) < len("{0}") || text[0] != '{' || text[len(text)-1] != '}' {
		return 0, false, false
	}
	digits, plus := bytes.CutSuffix(text[1:len(text)-1], []byte("+"))
	if len(digits) == 0 {
		return 0, false, false
	}
	for _, b := range digits {
		if !line.IsDigit(b) || size > (math.MaxInt64-9)/10 {
			return 0, false, false
		}
		size = size*10 + int64(b-'0')
	}
	return size, !plus, true
}

// isStatus tells whether the line is a status response or a continuation:
// these end with text for people, in which a brace means nothing
// (RFC 9051 §7.1, RFC 9051 §7.6).
func isStatus(piece []byte) bool {
	tag, rest, _ := bytes.Cut(piece, []byte(" "))
	if len(tag) == 1 && tag[0] == '+' {
		return true
	}
	word := rest[:line.Prefix(rest, line.IsLetter)]
	return statusOf(word) != statusNone
}
