package smtp

import (
	"bytes"
	"strings"

	"surel/protocols/field"
	"surel/protocols/line"
	"surel/protocols/message"
)

// commandBody chooses what opens a command.
func (d *Decoder) commandBody(v verb, endsLetter bool) message.Body {
	switch {
	case v == verbAUTH:
		return login{command{d.offer}}
	case endsLetter:
		return d.emptyLastChunk()
	}
	return command{d.offer}
}

// command opens a command. It holds what the server had announced, for the
// parameters that the command uses.
type command struct{ offer *offer }

// Summary gives the command's line.
func (command) Summary(raw []byte) string { return string(line.Cut(raw)) }

// Fields gives the command's parts.
func (c command) Fields(raw []byte) []field.Field {
	text := string(raw)
	return parse(text, c.offer).tree(text)
}

// bdatArguments gives the size of a chunk, -1 where there is none, and whether
// LAST follows.
func bdatArguments(raw []byte) (size int64, last bool) {
	words := bytes.Fields(raw)
	if len(words) < 2 {
		return -1, false
	}
	size, ok := parseSize(string(words[1]))
	if !ok {
		size = -1
	}
	return size, len(words) == 3 && strings.EqualFold(string(words[2]), "LAST")
}
