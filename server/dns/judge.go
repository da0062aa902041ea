package dns

import (
	"context"
	"errors"
	"fmt"

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
	set, sig, err := v.set(a.answer, name, a.answer[0].Header().Rrtype)
	switch {
	case err != nil:
		return a.bogus(dns.ExtendedErrorCodeDNSBogus, err.Error()), nil
	case len(set) == 0 || sig == nil:
		return a.bogus(dns.ExtendedErrorCodeRRSIGsMissing, "the answer has no signature, but its zone is signed"), nil
	case int(sig.Labels) < dns.CountLabel(name) && !proofs.covers(name):
		return a.bogus(dns.ExtendedErrorCodeNSECMissing, "made from a wildcard without proof that the name itself is missing"), nil
	case int(sig.Labels) < dns.CountLabel(name):
		a.authority = proofs.records
	}
	a.security = secure
	return a, nil
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
	var out []dns.RR
	kind := rtype
	for _, rr := range records {
		if h := rr.Header(); absolute(h.Name) == name && (h.Rrtype == dns.TypeCNAME || rtype == dns.TypeANY && h.Rrtype != dns.TypeRRSIG) {
			kind = h.Rrtype
			break
		}
	}
	for _, rr := range records {
		h := rr.Header()
		sig, signed := rr.(*dns.RRSIG)
		if absolute(h.Name) == name && h.Class == dns.ClassINET && (h.Rrtype == kind || signed && sig.TypeCovered == kind) {
			out = append(out, rr)
		}
	}
	return out
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
