package imap

import "strings"

// status is the word that begins a status response (RFC 9051 §7.1).
type status uint8

const (
	statusNone status = iota
	statusOK
	statusNO
	statusBAD
	statusPREAUTH
	statusBYE
)

var statusNames = [...]string{
	statusOK: "OK", statusNO: "NO", statusBAD: "BAD", statusPREAUTH: "PREAUTH", statusBYE: "BYE",
}

func (s status) String() string { return statusNames[s] }

// statusOf finds the status that a word names, without regard to case.
func statusOf(word []byte) status {
	if len(word) < 2 || len(word) > len("PREAUTH") {
		return statusNone
	}
	for s := statusOK; s <= statusBYE; s++ {
		if len(word) == len(statusNames[s]) && strings.EqualFold(string(word), statusNames[s]) {
			return s
		}
	}
	return statusNone
}
