package dns

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
