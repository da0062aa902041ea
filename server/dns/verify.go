package dns

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// verifier checks signatures of one zone.
type verifier struct {
	zone string
	keys []*dns.DNSKEY
	now  time.Time
}

// set gives the RRset of a name and type among records, with the signature that
// fits; no records where there are none, and no signature where the set has
// none. It fails where there are signatures and none fits.
func (v verifier) set(records []dns.RR, name string, rtype uint16) (set []dns.RR, sig *dns.RRSIG, err error) {
	var sigs []*dns.RRSIG
	for _, rr := range records {
		if absolute(rr.Header().Name) != name {
			continue
		}
		if s, ok := rr.(*dns.RRSIG); ok && s.TypeCovered == rtype {
			sigs = append(sigs, s)
		} else if rr.Header().Rrtype == rtype {
			set = append(set, rr)
		}
	}
	if len(set) == 0 || len(sigs) == 0 {
		return set, nil, nil
	}
	why := "names no key that is known"
	for _, s := range sigs[:min(len(sigs), maxSignatures)] {
		for _, key := range v.keys {
			if absolute(s.SignerName) != v.zone || s.KeyTag != key.KeyTag() || s.Algorithm != key.Algorithm {
				continue
			}
			switch {
			case !s.ValidityPeriod(v.now):
				why = "is not valid now"
			case s.Verify(key, slices.Clone(set)) != nil:
				why = "does not fit"
			default:
				return set, s, nil
			}
		}
	}
	return nil, nil, fmt.Errorf("the signature of %s %s %s", name, dns.TypeToString[rtype], why)
}

// expanded tells whether a signature is that of a wildcard from which the name
// that bears it was made (RFC 4035 §5.3.4).
func expanded(sig *dns.RRSIG) bool {
	own := dns.CountLabel(sig.Hdr.Name)
	if strings.HasPrefix(sig.Hdr.Name, "*.") {
		own-- // the asterisk does not count
	}
	return int(sig.Labels) < own
}

// maxSignatures bounds how many signatures of one set are tried: a server could
// send thousands (CVE-2023-50387).
const maxSignatures = 8

// denials are the NSEC records of a response whose signatures fit.
type denials struct {
	nsec    []*dns.NSEC
	records []dns.RR // with their signatures
}

func (v verifier) denials(authority []dns.RR) denials {
	var d denials
	for _, rr := range authority {
		n, ok := rr.(*dns.NSEC)
		if !ok || len(d.nsec) == maxSignatures {
			continue
		}
		// The record of a wildcard, renamed, would say of another name what
		// holds for the wildcard.
		if _, sig, err := v.set(authority, absolute(n.Hdr.Name), dns.TypeNSEC); err == nil && sig != nil && !expanded(sig) {
			d.nsec = append(d.nsec, n)
			d.records = append(d.records, n, sig)
		}
	}
	return d
}

// delegates tells whether an NSEC record is that of a delegation. It comes from
// the zone above, and says nothing of what the zone below has (RFC 6840 §4.1).
func delegates(n *dns.NSEC) bool {
	return slices.Contains(n.TypeBitMap, dns.TypeNS) && !slices.Contains(n.TypeBitMap, dns.TypeSOA)
}

// at gives the NSEC record of a name; nil where there is none.
func (d denials) at(name string) *dns.NSEC {
	for _, n := range d.nsec {
		if absolute(n.Hdr.Name) == name {
			return n
		}
	}
	return nil
}

// covering gives the record that spans the place where a name would be.
func (d denials) covering(name string) *dns.NSEC {
	for _, n := range d.nsec {
		owner, next := absolute(n.Hdr.Name), absolute(n.NextDomain)
		if dns.IsSubDomain(owner, name) && (delegates(n) || slices.Contains(n.TypeBitMap, dns.TypeDNAME)) {
			continue
		}
		last := compareNames(next, owner) <= 0 // its next is the top of the zone
		if compareNames(owner, name) < 0 && (compareNames(name, next) < 0 || last && dns.IsSubDomain(next, name)) {
			return n
		}
	}
	return nil
}

func (d denials) covers(name string) bool { return d.covering(name) != nil }

// noName tells whether neither the name nor a wildcard for it exists
// (RFC 4035 §5.4).
func (d denials) noName(name string) bool {
	n := d.covering(name)
	return n != nil && d.covers(wildcardOf(n, name))
}

// wildcardOf gives the wildcard that would stand for a name: below the lowest
// name above it that the record shows to exist (RFC 4592 §3.3.1).
func wildcardOf(n *dns.NSEC, name string) string {
	encloser := name
	for encloser != "." {
		encloser = parent(encloser)
		if dns.IsSubDomain(encloser, absolute(n.Hdr.Name)) || dns.IsSubDomain(encloser, absolute(n.NextDomain)) {
			break
		}
	}
	if encloser == "." {
		return "*."
	}
	return "*." + encloser
}

// noData tells whether the name exists, or a wildcard for it, without records
// of this type and without an alias.
func (d denials) noData(name string, rtype uint16) bool {
	lacks := func(n *dns.NSEC) bool {
		return !slices.Contains(n.TypeBitMap, rtype) && !slices.Contains(n.TypeBitMap, dns.TypeCNAME)
	}
	if n := d.at(name); n != nil {
		return lacks(n) && (rtype == dns.TypeDS || !delegates(n))
	}
	n := d.covering(name)
	if n == nil {
		return false
	}
	if dns.IsSubDomain(name, absolute(n.NextDomain)) {
		return true // an empty non-terminal
	}
	w := d.at(wildcardOf(n, name))
	return w != nil && lacks(w)
}

// noDS tells whether a delegation is proven to lead to a zone that is not
// signed.
func (d denials) noDS(name string) bool {
	n := d.at(name)
	return n != nil && delegates(n) && !slices.Contains(n.TypeBitMap, dns.TypeDS)
}
