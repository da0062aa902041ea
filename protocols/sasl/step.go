// Package sasl opens the logins of SMTP, POP3 and IMAP, whose steps are SASL's
// (RFC 4422) and cross the wire as base64. Start with First, which gives the
// first step of a mechanism; Response opens a line with which the client
// answers, AddChallenge what the server asks.
//
// To add a mechanism, add its steps to the table below, a function that opens
// its response to credentials.go, and its notes in both languages to notes/.
package sasl

import (
	"embed"
	"encoding/base64"
	"io/fs"
	"strings"

	"surel/protocols/field"
	"surel/protocols/note"
)

//go:embed notes
var notes embed.FS

// Notes gives the folder of notes on logins. Their keys begin with "auth".
func Notes() fs.FS { return note.Folder(notes) }

// Mask stands for a secret in a summary.
const Mask = "••••"

// Cancel is the line with which a client gives a login up (RFC 5034 §4).
const Cancel = "*"

// Step is one step of a login: which mechanism, and which of its responses
// the client sends next. The zero value is a step of an unknown mechanism.
type Step uint8

const (
	unknown Step = iota
	plain
	loginUser
	loginPassword
	cramMD5
	xoauth2
	oauthBearer
)

// steps describe the steps: the names and keys of what is sent, and how the
// decoded response opens.
var steps = [...]struct {
	name      string // of the decoded response
	response  string // the key of the response's note
	challenge string // the key of the challenge's note
	inClear   bool   // the response gives the password away to whoever reads it
	open      func(c *field.Cursor)
}{
	unknown:       {"response", "auth/unknown", "auth/unknown/challenge", false, openUnknown},
	plain:         {"PLAIN response", "auth/PLAIN", "auth/PLAIN/challenge", true, openPlain},
	loginUser:     {"LOGIN user name", "auth/LOGIN/user", "auth/LOGIN/challenge", true, openLoginUser},
	loginPassword: {"LOGIN password", "auth/LOGIN/password", "auth/LOGIN/challenge", true, openLoginPassword},
	cramMD5:       {"CRAM-MD5 response", "auth/CRAM-MD5/response", "auth/CRAM-MD5/challenge", false, openCRAMMD5},
	xoauth2:       {"XOAUTH2 response", "auth/XOAUTH2", "auth/XOAUTH2/challenge", true, openXOAuth2},
	oauthBearer:   {"OAUTHBEARER response", "auth/OAUTHBEARER", "auth/OAUTHBEARER/challenge", true, openOAuthBearer},
}

// First gives the first step of a mechanism.
func First(mechanism string) Step {
	switch strings.ToUpper(mechanism) {
	case "PLAIN":
		return plain
	case "LOGIN":
		return loginUser
	case "CRAM-MD5":
		return cramMD5
	case "XOAUTH2":
		return xoauth2
	case "OAUTHBEARER":
		return oauthBearer
	}
	return unknown
}

// Next gives the step after this one was taken. Where a mechanism has no
// further step, its last one is repeated: the server decides.
func (s Step) Next() Step {
	if s == loginUser {
		return loginPassword
	}
	return s
}

// Note gives the key of the note on the step's response.
func (s Step) Note() string { return steps[s].response }

// ChallengeNote gives the key of the note on what the server asks for the step.
func (s Step) ChallengeNote() string { return steps[s].challenge }

// MechanismInClear tells whether the mechanism gives the password, or what
// lets its holder in, to whoever reads along.
func (s Step) MechanismInClear() bool { return steps[s].inClear }

// ResponseInClear tells the same of the step's own response.
func (s Step) ResponseInClear() bool { return steps[s].inClear && s != loginUser }

// Fault says what is wrong with text that should be base64 (RFC 4648 §4);
// empty where nothing is.
func Fault(text string) string {
	if _, err := decode(text); err != nil {
		return "this is not base64"
	}
	return ""
}

// decode reads base64 (RFC 4648 §4). The library passes over line ends inside
// the text, which no line of a login can hold.
func decode(text string) ([]byte, error) {
	if i := strings.IndexAny(text, "\r\n"); i >= 0 {
		return nil, base64.CorruptInputError(i)
	}
	return base64.StdEncoding.DecodeString(text)
}

// Hide marks fields that could not be read as secret.
func Hide(fields []field.Field) {
	for i := range fields {
		if fields[i].Err != "" && fields[i].Span.Len() > 0 {
			fields[i].Kind = field.Secret
		}
	}
}
