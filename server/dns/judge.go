package dns

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/miekg/dns"
)

// judge makes a result of what a server of the zone has said, and validates it
// (RFC 4035 §5.3).
func (w *walk) judge(ctx context.Context, z cut, m *dns.Msg, name string, rtype uint16) (*result, error) {
	a := &result{rcode: m.Rcode, answer: about(m.Answer, name, rtype)}
	if len(a.answer) == 0 {
		a.authority = denying(m.Ns, z.name)
	}
	if z.security != secure {
		return a, nil
	}
	keys, err := w.keys(ctx, z)
	if err != nil {
		var t *trouble
		if !errors.As(err, &t) || t.code != dns.ExtendedErrorCodeDNSKEYMissing {
			return nil, err
		}
		return a.bogus(t.code, t.why), nil
	}
	v := verifier{zone: z.name, keys: keys, now: w.r.cfg.now()}
	proofs := v.denials(m.Ns)
	if len(a.answer) == 0 {
		return a.denied(v, proofs, m.Ns, name, rtype), nil
	}
	if rtype != dns.TypeRRSIG && len(typesOf(a.answer)) == 0 {
		return a.bogus(dns.ExtendedErrorCodeDNSBogus, "signatures without the records that they sign"), nil
	}
	return a.given(v, proofs, name), nil
}

// given validates every RRset of an answer (RFC 6840 §4.2). Signatures that
// were asked for by themselves sign nothing that could be checked.
func (a *result) given(v verifier, p denials, name string) *result {
	for _, rtype := range typesOf(a.answer) {
		set, sig, err := v.set(a.answer, name, rtype)
		switch {
		case err != nil:
			return a.bogus(dns.ExtendedErrorCodeDNSBogus, err.Error())
		case len(set) == 0 || sig == nil:
			return a.bogus(dns.ExtendedErrorCodeRRSIGsMissing, "the answer has no signature, but its zone is signed")
		case !expanded(sig):
		case !p.covers(name):
			return a.bogus(dns.ExtendedErrorCodeNSECMissing, "made from a wildcard without proof that the name itself is missing")
		default:
			a.authority = p.records
		}
		a.security = secure
	}
	return a
}

// typesOf gives the types of RRsets among records, without their signatures.
func typesOf(records []dns.RR) []uint16 {
	var types []uint16
	for _, rr := range records {
		if t := rr.Header().Rrtype; t != dns.TypeRRSIG && !slices.Contains(types, t) {
			types = append(types, t)
		}
	}
	return types
}

func (a *result) bogus(code uint16, why string) *result {
	a.security, a.fault = bogus, &dns.EDNS0_EDE{InfoCode: code, ExtraText: why}
	return a
}

// denied validates that there is no such name or no such RRset.
func (a *result) denied(v verifier, p denials, authority []dns.RR, name string, rtype uint16) *result {
	if _, sig, err := v.set(authority, v.zone, dns.TypeSOA); err != nil || sig == nil {
		return a.bogus(dns.ExtendedErrorCodeDNSBogus, fmt.Sprintf("the SOA record of %s has no good signature", v.zone))
	}
	proven := p.noData(name, rtype)
	if a.rcode == dns.RcodeNameError {
		proven = p.noName(name)
	}
	if !proven {
		return a.bogus(dns.ExtendedErrorCodeNSECMissing, "what is said to be missing is not proven to be")
	}
	a.security = secure
	return a
}

// about gives the records of a name that answer a question or stand in for the
// answer as an alias, and their signatures.
func about(records []dns.RR, name string, rtype uint16) []dns.RR {
	own := slices.DeleteFunc(slices.Clone(records), func(rr dns.RR) bool {
		return absolute(rr.Header().Name) != name || rr.Header().Class != dns.ClassINET
	})
	kind := rtype
	switch {
	case rtype == dns.TypeANY:
		return own
	case slices.Contains(typesOf(own), dns.TypeCNAME):
		kind = dns.TypeCNAME
	}
	return slices.DeleteFunc(own, func(rr dns.RR) bool {
		sig, signed := rr.(*dns.RRSIG)
		return rr.Header().Rrtype != kind && (!signed || sig.TypeCovered != kind)
	})
}

// denying gives the records that say that there is nothing.
func denying(records []dns.RR, zone string) []dns.RR {
	var out []dns.RR
	for _, rr := range records {
		covered := rr.Header().Rrtype
		if sig, ok := rr.(*dns.RRSIG); ok {
			covered = sig.TypeCovered
		}
		if dns.IsSubDomain(zone, absolute(rr.Header().Name)) && (covered == dns.TypeSOA || covered == dns.TypeNSEC) {
			out = append(out, rr)
		}
	}
	return out
}
