package imap

import (
	"slices"
	"strings"
)

// session is what both sides have agreed on. It is never changed once it is
// made, so that the messages that depend on it can share it.
type session struct {
	// offer holds the capabilities that the server announced, in capitals; nil
	// where its announcement was not seen, and then everything is allowed.
	offer map[string]bool
	// utf8 tells that UTF-8 was agreed on: mailbox names are then not in
	// modified UTF-7, and strings may hold it (RFC 6855 §3, RFC 9051 §5.1).
	utf8 bool
}

// has tells whether one of the capabilities was announced.
func (s *session) has(capabilities ...string) bool {
	return s.offer == nil || slices.ContainsFunc(capabilities, func(c string) bool { return s.offer[c] })
}

// withOffer gives a session with the capabilities that a list announces. A
// server that speaks IMAP4rev2 alone needs no leave to use UTF-8.
func (s *session) withOffer(words string) *session {
	next := &session{offer: map[string]bool{}, utf8: s.utf8}
	for word := range strings.FieldsSeq(strings.ToUpper(words)) {
		next.offer[word] = true
	}
	if next.offer["IMAP4REV2"] && !next.offer["IMAP4REV1"] {
		next.utf8 = true
	}
	return next
}

// withEnabled gives a session in which the capabilities of a list are enabled
// (RFC 9051 §7.2.1).
func (s *session) withEnabled(words string) *session {
	next := *s
	for word := range strings.FieldsSeq(strings.ToUpper(words)) {
		if word == "UTF8=ACCEPT" || word == "UTF8=ONLY" || word == "IMAP4REV2" {
			next.utf8 = true
		}
	}
	return &next
}

// Offers tells whether the server takes a command: one of an extension is offered by a
// capability (RFC 9051 §6.1.1).
func (d *Decoder) Offers(name string) bool {
	v := verbs[name]
	return v == nil || len(v.offers) == 0 || d.session.has(v.offers...)
}
