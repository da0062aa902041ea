package smtp

import (
	"surel/protocols/transcript"
	"surel/protocols/wire"
)

// NewSpeaker makes a function that tells which side says the lines of a
// transcript: a line that begins as a reply is the server's, every other the
// client's, and so is the letter after a 354 up to its lone dot.
func NewSpeaker() transcript.Speaker {
	inLetter := false
	return func(line string, marked bool, d wire.Dir) wire.Dir {
		_, isReply := replyLine([]byte(line))
		switch {
		case inLetter:
			inLetter = line != "."
			if !marked {
				return wire.ClientToServer
			}
		case !marked && isReply:
			d = wire.ServerToClient
		}
		if !inLetter && d == wire.ServerToClient && codeOf([]byte(line)) == 354 {
			inLetter = true
		}
		return d
	}
}
