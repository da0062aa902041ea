package pop3

import (
	"strings"

	"surel/protocols/transcript"
	"surel/protocols/wire"
)

// NewSpeaker makes a function that tells which side says the lines of a
// transcript: a line that begins as an answer is the server's, every other the
// client's; and what follows an acceptance up to its lone dot is the server's
// where the command asks for it.
func NewSpeaker() transcript.Speaker { return (&speaker{}).next }

type speaker struct {
	asked  pending // the last command
	inText bool
}

func (s *speaker) next(text string, marked bool, d wire.Dir) wire.Dir {
	how := outcomeOf(text)
	switch {
	case s.inText && (!marked || d == wire.ServerToClient):
		s.inText = text != "."
		return wire.ServerToClient
	case !marked && how != isNone:
		d = wire.ServerToClient
	}
	if d == wire.ClientToServer {
		v, n := verbOf([]byte(text))
		s.asked = pending{verb: v, argument: strings.TrimSpace(text[n:]) != ""}
		return d
	}
	s.inText = how == isOK && s.asked.multiline()
	s.asked = pending{}
	return d
}
