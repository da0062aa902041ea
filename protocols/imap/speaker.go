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
	waiting bool  // the client waits for leave to send it
	dir     wire.Dir
}

func (s *speaker) next(text string, marked bool, d wire.Dir) wire.Dir {
	server := isServerLine(text)
	switch {
	case s.waiting && (marked && d == wire.ServerToClient || !marked && server):
		s.waiting = text[0] == '*'
		s.inside = s.waiting || text[0] == '+'
		return wire.ServerToClient
	case marked:
	case s.inside:
		d = s.dir
	case server:
		d = wire.ServerToClient
	}
	s.waiting = false
	s.follow(text, d)
	return d
}

// follow counts the line's bytes and looks for the literal that it announces.
func (s *speaker) follow(text string, d wire.Dir) {
	s.dir = d
	if size := int64(len(text) + len("\r\n")); s.inside && s.literal >= size {
		s.literal -= size
		return
	}
	rest := text
	if s.inside {
		rest = text[min(s.literal, int64(len(text))):]
	} else if isStatus([]byte(text)) {
		return
	}
	var synchronous bool
	s.literal, synchronous, s.inside = literalAt([]byte(rest + "\r\n"))
	s.waiting = s.inside && synchronous && d == wire.ClientToServer
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
