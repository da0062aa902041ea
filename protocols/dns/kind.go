package dns

import (
	"encoding/binary"
)

// What a response says, beside its code.
const (
	kindAnswer   = "answer"
	kindReferral = "referral"
	kindNoData   = "nodata"
	kindCut      = "truncated"
)

// kindOf tells what a response with a header says. Authority is the type of the
// first record of the authority section.
func kindOf(h header, authority uint16) string {
	switch {
	case h.has(flagTC):
		return kindCut
	case h.rcode() != 0:
		return rcodes.of(h.rcode(), "RCODE").name
	case h.counts[1] > 0:
		return kindAnswer
	case authority == typeNS && !h.has(flagAA):
		return kindReferral
	}
	return kindNoData
}

const typeNS = 2

// stateAfter gives the state of an exchange after a response of a kind.
func stateAfter(kind string) string {
	switch kind {
	case kindAnswer, kindNoData, "NXDOMAIN":
		return stateAnswered
	case kindReferral:
		return stateReferred
	case kindCut:
		return stateCut
	}
	return stateFailed
}

// responseNotes are the keys of the notes on responses by their kind.
var responseNotes = func() map[string]string {
	notes := map[string]string{}
	for _, kind := range []string{kindAnswer, kindReferral, kindNoData, kindCut} {
		notes[kind] = "message/response/" + kind
	}
	for _, code := range []string{"FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"} {
		notes[code] = "message/response/" + code
	}
	return notes
}()

// glance passes a message of which the header is there, as far as it can, and
// gives the first question with its type, and the type of the first record of
// the authority section.
func glance(b []byte) (question []byte, qtype, authority uint16) {
	h := readHeader(b)
	at := headerLen
	for i := range int(h.counts[0]) {
		end := skipName(b, at)
		if end < 0 || end+4 > len(b) {
			return question, qtype, 0
		}
		if i == 0 {
			question = b[at : end+4]
			qtype = binary.BigEndian.Uint16(b[end:])
		}
		at = end + 4
	}
	if h.counts[2] == 0 {
		return question, qtype, 0
	}
	for range int(h.counts[1]) {
		if at = skipRecord(b, at); at < 0 {
			return question, qtype, 0
		}
	}
	if end := skipName(b, at); end >= 0 && end+2 <= len(b) {
		authority = binary.BigEndian.Uint16(b[end:])
	}
	return question, qtype, authority
}

// skipName gives the place behind a name; negative where it has no end.
func skipName(b []byte, at int) int {
	for at < len(b) {
		n := int(b[at])
		switch {
		case n == 0:
			return at + 1
		case n >= 0xc0:
			return at + 2
		}
		at += 1 + n
	}
	return -1
}

// skipRecord gives the place behind a record; negative where it has no end.
func skipRecord(b []byte, at int) int {
	end := skipName(b, at)
	if end < 0 || end+10 > len(b) {
		return -1
	}
	return end + 10 + int(binary.BigEndian.Uint16(b[end+8:]))
}
