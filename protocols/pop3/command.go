package pop3

import (
	"bytes"
	"strings"

	"surel/protocols/field"
	"surel/protocols/line"
	"surel/protocols/message"
	"surel/protocols/sasl"
)

// bodyOf chooses what opens a command.
func bodyOf(v verb) message.Body {
	switch v {
	case verbAUTH:
		return login{}
	case verbPASS, verbAPOP:
		return secret{}
	default:
		return command{}
	}
}

// command opens a command.
type command struct{}

// Summary gives the command's line.
func (command) Summary(raw []byte) string { return string(line.Cut(raw)) }

// Fields gives the command's parts.
func (command) Fields(raw []byte) []field.Field {
	text := string(raw)
	return parse(text).tree(text)
}

// secret opens PASS and APOP, whose last argument is masked.
type secret struct{}

// Summary gives the command's line without what is secret.
func (secret) Summary(raw []byte) string {
	text := string(line.Cut(raw))
	v, n := verbOf(raw)
	word, rest := text[:n], strings.TrimLeft(text[n:], " ")
	if rest == "" {
		return text
	}
	if v == verbAPOP {
		name, digest, _ := strings.Cut(rest, " ")
		if digest == "" {
			return text
		}
		word += " " + name
	}
	return word + " " + sasl.Mask
}

// Fields gives the command's parts; what cannot be read of it may be secret.
func (secret) Fields(raw []byte) []field.Field {
	fields := command{}.Fields(raw)
	sasl.Hide(fields)
	return fields
}

// login opens an AUTH command, which may carry the first response.
type login struct{}

var _ message.Carrier = login{}

// Summary gives the command's line without the response.
func (login) Summary(raw []byte) string {
	mechanism, initial := sasl.Arguments(raw)
	if initial == "" || initial == "=" {
		return command{}.Summary(raw)
	}
	return "AUTH " + mechanism + " " + sasl.Mask
}

// Fields gives the command's parts; what cannot be read of it may be secret.
func (login) Fields(raw []byte) []field.Field { return secret{}.Fields(raw) }

// Inner gives the decoded response as a message of its own.
func (login) Inner(raw []byte) []message.Message {
	mechanism, initial := sasl.Arguments(raw)
	return sasl.Open(sasl.First(mechanism), initial)
}

// messageNumber gives the number of the message that a command names; 0 where
// it names none.
func messageNumber(raw []byte) int {
	words := bytes.Fields(raw)
	if len(words) < 2 {
		return 0
	}
	n, _ := number(words[1])
	return n
}
