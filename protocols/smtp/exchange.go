package smtp

import (
	"encoding/base64"
	"strings"

	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// step is one step of a login: which mechanism, and which of its responses
// the client sends next (RFC 4954 §4).
type step uint8

const (
	stepUnknown step = iota
	stepPlain
	stepLoginUser
	stepLoginPassword
	stepCRAMMD5
	stepXOAuth2
	stepOAuthBearer
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
	stepUnknown:       {"response", "auth/unknown", "auth/unknown/challenge", false, openUnknown},
	stepPlain:         {"PLAIN response", "auth/PLAIN", "auth/PLAIN/challenge", true, openPlain},
	stepLoginUser:     {"LOGIN user name", "auth/LOGIN/user", "auth/LOGIN/challenge", true, openLoginUser},
	stepLoginPassword: {"LOGIN password", "auth/LOGIN/password", "auth/LOGIN/challenge", true, openLoginPassword},
	stepCRAMMD5:       {"CRAM-MD5 response", "auth/CRAM-MD5/response", "auth/CRAM-MD5/challenge", false, openCRAMMD5},
	stepXOAuth2:       {"XOAUTH2 response", "auth/XOAUTH2", "auth/XOAUTH2/challenge", true, openXOAuth2},
	stepOAuthBearer:   {"OAUTHBEARER response", "auth/OAUTHBEARER", "auth/OAUTHBEARER/challenge", true, openOAuthBearer},
}

// firstStep gives the first step of a mechanism.
func firstStep(mechanism string) step {
	switch strings.ToUpper(mechanism) {
	case "PLAIN":
		return stepPlain
	case "LOGIN":
		return stepLoginUser
	case "CRAM-MD5":
		return stepCRAMMD5
	case "XOAUTH2":
		return stepXOAuth2
	case "OAUTHBEARER":
		return stepOAuthBearer
	}
	return stepUnknown
}

// next gives the step after this one was taken. Where a mechanism has no
// further step, its last one is repeated: the server decides.
func (s step) next() step {
	if s == stepLoginUser {
		return stepLoginPassword
	}
	return s
}

// mask stands for a secret in a summary.
const mask = "••••"

// cancel is the line with which a client gives a login up (RFC 4954 §4).
const cancel = "*"

// response opens a line with which the client answers a challenge.
type response step

var _ message.Carrier = response(0)

// Summary gives the line, with what is secret masked.
func (r response) Summary(raw []byte) string {
	text := string(raw[:len(raw)-ending(raw)])
	if text == cancel || text == "" {
		return text
	}
	if step(r) == stepLoginUser {
		if decoded, err := base64.StdEncoding.DecodeString(text); err == nil {
			return string(decoded)
		}
	}
	return mask
}

// Fields gives the base64 text and the end of the line.
func (r response) Fields(raw []byte) []field.Field {
	line := string(raw)
	end := len(line) - ending(line)
	c := field.NewCursorAt(line[:end], 0)
	switch text := line[:end]; text {
	case "":
	case cancel:
		c.Add("cancel", "auth/cancel", len(text))
	default:
		f := c.Add("response", steps[r].response, len(text))
		if step(r) != stepLoginUser {
			f.Kind = field.Secret
		}
		f.Err = base64Fault(text)
	}
	return append(c.Fields(), lineEnd(line, end)...)
}

// Inner gives the decoded response as a message of its own.
func (r response) Inner(raw []byte) []message.Message {
	text := string(raw[:len(raw)-ending(raw)])
	if text == cancel {
		return nil
	}
	return openResponse(step(r), text, wire.ClientToServer)
}

// openResponse decodes a response; nothing comes out where it is no base64.
func openResponse(s step, text string, dir wire.Dir) []message.Message {
	decoded, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(decoded) == 0 {
		return nil
	}
	return []message.Message{{
		Raw: decoded, Name: steps[s].name, Note: steps[s].response, State: stateAuth, Body: credentials(s), Dir: dir,
	}}
}

// base64Fault says what is wrong with text that should be base64; empty where
// nothing is.
func base64Fault(text string) string {
	if _, err := base64.StdEncoding.DecodeString(text); err != nil {
		return "this is not base64" // RFC 4954 §4, RFC 4648 §4
	}
	return ""
}
