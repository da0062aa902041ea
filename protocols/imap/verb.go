package imap

import (
	"bytes"

	"surel/protocols/line"
)

// The commands that the decoder must know apart; all are in tables/verbs.tsv.
const (
	verbAppend       = "APPEND"
	verbAuthenticate = "AUTHENTICATE"
	verbCapability   = "CAPABILITY"
	verbClose        = "CLOSE"
	verbCompress     = "COMPRESS"
	verbExamine      = "EXAMINE"
	verbIdle         = "IDLE"
	verbLogin        = "LOGIN"
	verbLogout       = "LOGOUT"
	verbSelect       = "SELECT"
	verbStartTLS     = "STARTTLS"
	verbUnauth       = "UNAUTHENTICATE"
	verbUnselect     = "UNSELECT"
)

// unknown stands for a command that no table has.
var unknown = &verb{name: "unknown", note: "command/unknown"}

// head is what begins a command: its tag and its name.
type head struct {
	tag  []byte // empty where it is missing
	verb *verb
	size int // of the tag, the space, and the command's name
}

// headOf reads the tag and the name of the command that begins a line. A line
// that begins with the name of a command, behind which no other stands, has
// no tag.
func headOf(text []byte) head {
	text = line.Cut(text)
	tag, rest, _ := bytes.Cut(text, []byte(" "))
	v, n := verbOf(rest)
	if v != unknown {
		return head{tag: tag, verb: v, size: len(tag) + 1 + n}
	}
	if v, n := verbOf(text); v != unknown {
		return head{verb: v, size: n}
	}
	if n == 0 {
		return head{tag: tag, verb: unknown, size: len(tag)}
	}
	return head{tag: tag, verb: unknown, size: len(tag) + 1 + n}
}

// maxVerb is the longest name of a command, in bytes.
const maxVerb = len("UNAUTHENTICATE") + len("UID ")

// verbOf finds the command that text begins with, without regard to case, and
// the length of its name. "UID" makes one name with the word that follows.
func verbOf(text []byte) (v *verb, length int) {
	n := line.Prefix(text, isAtom)
	if n == len("UID") && bytes.EqualFold(text[:n], []byte("UID")) && len(text) > n+1 && text[n] == ' ' {
		n += 1 + line.Prefix(text[n+1:], isAtom)
	}
	if n > maxVerb {
		return unknown, n
	}
	var word [maxVerb]byte
	for i := range n {
		word[i] = line.Upper(text[i])
	}
	if v, ok := verbs[string(word[:n])]; ok {
		return v, n
	}
	return unknown, n
}

// is tells whether the verb is one of the named.
func (v *verb) is(names ...string) bool {
	for _, name := range names {
		if v.name == name {
			return true
		}
	}
	return false
}

// secret tells whether the command's arguments hold a password.
func (v *verb) secret() bool { return v.is(verbLogin, verbAuthenticate) }
