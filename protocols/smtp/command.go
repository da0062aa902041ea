package smtp

import (
	"bytes"
	"strings"

	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/wire"
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
func (command) Summary(raw []byte) string { return string(raw[:len(raw)-ending(raw)]) }

// Fields gives the command's parts.
func (c command) Fields(raw []byte) []field.Field {
	line := string(raw)
	return parse(line, c.offer).tree(line)
}

// login opens an AUTH command, which may carry the first response.
type login struct{ command }

var _ message.Carrier = login{}

// Summary gives the command's line without the response.
func (login) Summary(raw []byte) string {
	mechanism, initial := authArguments(raw)
	if initial == "" || initial == "=" {
		return command{}.Summary(raw)
	}
	return "AUTH " + mechanism + " " + mask
}

// Fields gives the command's parts; what cannot be read of it may be secret.
func (l login) Fields(raw []byte) []field.Field {
	fields := l.command.Fields(raw)
	hide(fields)
	return fields
}

// Inner gives the decoded response as a message of its own.
func (login) Inner(raw []byte) []message.Message {
	mechanism, initial := authArguments(raw)
	return openResponse(firstStep(mechanism), initial, wire.ClientToServer)
}

// authArguments gives the mechanism and the initial response of AUTH; either
// may be missing.
func authArguments(raw []byte) (mechanism, initial string) {
	words := strings.Fields(string(raw[:len(raw)-ending(raw)]))
	if len(words) > 1 {
		mechanism = words[1]
	}
	if len(words) > 2 {
		initial = words[2]
	}
	return mechanism, initial
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
