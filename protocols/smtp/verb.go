package smtp

import (
	"surel/protocols/line"
)

// verb is a command that the decoder knows, or something else that a reply
// can answer.
type verb uint8

const (
	verbUnknown verb = iota
	verbHELO
	verbEHLO
	verbMAIL
	verbRCPT
	verbDATA
	verbBDAT
	verbBURL
	verbRSET
	verbVRFY
	verbEXPN
	verbHELP
	verbNOOP
	verbQUIT
	verbAUTH
	verbSTARTTLS
	verbETRN
	verbTURN
	verbSEND
	verbSOML
	verbSAML
	// What follows is not typed: a letter, a line of an AUTH exchange, and
	// the connection itself, which the greeting answers.
	answersContent
	answersExchange
	answersConnection
)

// verbNames are the names by verb, as they stand in a command and in the keys
// of notes.
var verbNames = [...]string{
	verbUnknown: "unknown",
	verbHELO:    "HELO", verbEHLO: "EHLO", verbMAIL: "MAIL", verbRCPT: "RCPT", verbDATA: "DATA",
	verbBDAT: "BDAT", verbBURL: "BURL", verbRSET: "RSET", verbVRFY: "VRFY", verbEXPN: "EXPN",
	verbHELP: "HELP", verbNOOP: "NOOP", verbQUIT: "QUIT", verbAUTH: "AUTH", verbSTARTTLS: "STARTTLS",
	verbETRN: "ETRN", verbTURN: "TURN", verbSEND: "SEND", verbSOML: "SOML", verbSAML: "SAML",
	answersContent: "content", answersExchange: "AUTH", answersConnection: "greeting",
}

// verbNotes are the keys of the commands' notes, made once so that a hundred
// thousand messages share them.
var verbNotes = func() (keys [len(verbNames)]string) {
	for v, name := range verbNames {
		keys[v] = "command/" + name
	}
	return keys
}()

func (v verb) String() string { return verbNames[v] }

// opensEnvelope tells whether the command begins a transaction: MAIL and its
// obsolete sisters (RFC 5321 §4.1.1.2, RFC 5321 §F.6).
func (v verb) opensEnvelope() bool {
	return v == verbMAIL || v == verbSEND || v == verbSOML || v == verbSAML
}

// obsolete tells whether servers no longer take the command
// (RFC 5321 §F.1, RFC 5321 §F.6).
func (v verb) obsolete() bool {
	return v == verbTURN || v == verbSEND || v == verbSOML || v == verbSAML
}

// verbOf finds the command that begins a line, without regard to case
// (RFC 5321 §2.4), and the length of its word.
func verbOf(text []byte) (v verb, length int) {
	var word [8]byte
	for length < len(text) && line.IsLetterOrDigit(text[length]) {
		if length < len(word) {
			word[length] = line.Upper(text[length])
		}
		length++
	}
	if length > len(word) {
		return verbUnknown, length
	}
	return knownVerb(string(word[:length])), length
}

func knownVerb(word string) verb {
	switch word {
	case "HELO":
		return verbHELO
	case "EHLO":
		return verbEHLO
	case "MAIL":
		return verbMAIL
	case "RCPT":
		return verbRCPT
	case "DATA":
		return verbDATA
	case "BDAT":
		return verbBDAT
	case "BURL":
		return verbBURL
	case "RSET":
		return verbRSET
	case "VRFY":
		return verbVRFY
	case "EXPN":
		return verbEXPN
	case "HELP":
		return verbHELP
	case "NOOP":
		return verbNOOP
	case "QUIT":
		return verbQUIT
	case "AUTH":
		return verbAUTH
	case "STARTTLS":
		return verbSTARTTLS
	case "ETRN":
		return verbETRN
	case "TURN":
		return verbTURN
	case "SEND":
		return verbSEND
	case "SOML":
		return verbSOML
	case "SAML":
		return verbSAML
	}
	return verbUnknown
}
