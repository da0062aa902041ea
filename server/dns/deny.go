package dns

import (
	"slices"
	"time"

	"github.com/miekg/dns"
)

// prove adds the NSEC record of a name, which lists the types that it has
// (RFC 4035 §3.1.3.1). An empty non-terminal has none: what covers it shows
// that nothing is there.
func (f *finder) prove(name string) {
	if f.do {
		i, linked := f.z.place(name)
		if !linked {
			i--
		}
		f.nsec(i)
	}
}

// deny adds the NSEC record that spans the place where a name would be
// (RFC 4035 §3.1.3.2).
func (f *finder) deny(name string) {
	if f.do {
		i, _ := f.z.place(name)
		f.nsec(i - 1)
	}
}

// nsec adds the NSEC record of the i-th name, once.
func (f *finder) nsec(i int) {
	record, sig, err := f.z.nsec(i, f.now)
	if err != nil || slices.ContainsFunc(f.out.authority, func(rr dns.RR) bool { return dns.IsDuplicate(rr, record) }) {
		return
	}
	f.out.authority = append(f.out.authority, record, sig)
}

// place gives where a name stands in the zone's order, or would stand.
func (z *zone) place(name string) (i int, linked bool) {
	return slices.BinarySearchFunc(z.order, name, compareNames)
}

// nsec gives the NSEC record of the i-th name (RFC 4034 §4) with its signature.
func (z *zone) nsec(i int, now time.Time) (*dns.NSEC, *dns.RRSIG, error) {
	name, next := z.order[i], z.order[(i+1)%len(z.order)]
	types := append([]uint16{dns.TypeRRSIG, dns.TypeNSEC}, z.names[name]...)
	if _, below := z.cut(name); below { // addresses of name servers are not the zone's own
		types = slices.DeleteFunc(types, func(t uint16) bool { return t == dns.TypeA || t == dns.TypeAAAA })
	}
	slices.Sort(types)
	soa := z.sets[setKey{z.origin, dns.TypeSOA}][0].(*dns.SOA)
	record := &dns.NSEC{
		Hdr:        dns.RR_Header{Name: name, Rrtype: dns.TypeNSEC, Class: dns.ClassINET, Ttl: min(soa.Hdr.Ttl, soa.Minttl)},
		NextDomain: next, TypeBitMap: types,
	}
	sig, err := z.signer.sign([]dns.RR{record}, now)
	return record, sig, err
}
