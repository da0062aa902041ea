package imap

import (
	"surel/protocols/line"
	"surel/protocols/transcript"
	"surel/protocols/wire"
)

// NewSpeaker makes a function that tells which side says the lines of a
// transcript. A line that begins with "*" or "+", or with a tag and OK, NO or
// BAD, is the server's; every other is the client's. The lines of a literal
// belong to whoever announced it: they are counted with their line ends.
func NewSpeaker() transcript.Speaker {
	var s speaker
	return s.next
}

type speaker struct {
	literal int64 // bytes that are still to come
	inside  bool  // the line begins in a literal or behind one
	dir     wire.Dir
}

func (s *speaker) next(text string, marked bool, d wire.Dir) wire.Dir {
	size := int64(len(text) + len("\r\n"))
	switch {
	case marked:
	case s.inside && s.literal > 0 || s.inside:
		d = s.dir
	case isServerLine(text):
		d = wire.ServerToClient
	}
	if s.inside && s.literal >= size {
		s.literal -= size
		s.dir = d
		return d
	}
	// The line ends outside of a literal, and may announce another.
	rest := text[min(s.literal, int64(len(text))):]
	announced, _, ok := literalAt([]byte(rest + "\r\n"))
	status := isStatus([]byte(text)) && !s.inside
	s.inside, s.literal, s.dir = ok && !status, 0, d
	if s.inside {
		s.literal = announced
	}
	return d
}

// isServerLine tells whether a line begins as a response does.
func isServerLine(text string) bool {
	if text == "+" || len(text) > 1 && (text[0] == '*' || text[0] == '+') && text[1] == ' ' {
		return true
	}
	n := line.Prefix(text, isTag)
	if n == 0 || n == len(text) || text[n] != ' ' {
		return false
	}
	word := text[n+1:]
	s := statusOf([]byte(word[:line.Prefix(word, isAtom)]))
	return s != statusNone && s <= statusBAD
}
