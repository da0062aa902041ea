package dns

import (
	"slices"

	"github.com/miekg/dns"
)

// prove adds the NSEC record of a name, which lists the types that it has
// (RFC 4035 §3.1.3.1). An empty non-terminal has none: what covers it shows
// that nothing is there.
func (f *finder) prove(name string) {
	if f.do {
		i, _ := slices.BinarySearchFunc(f.z.order, name, compareNames)
		if i == len(f.z.order) || f.z.order[i] != name {
			i--
		}
		f.nsec(i)
	}
}

// deny adds the NSEC record that spans the place where a name would be
// (RFC 4035 §3.1.3.2).
func (f *finder) deny(name string) {
	if f.do {
		i, _ := slices.BinarySearchFunc(f.z.order, name, compareNames)
		f.nsec(i - 1)
	}
}

// nsec adds the NSEC record of the i-th name (RFC 4034 §4), once.
func (f *finder) nsec(i int) {
	name, next := f.z.order[i], f.z.order[(i+1)%len(f.z.order)]
	types := append([]uint16{dns.TypeRRSIG, dns.TypeNSEC}, f.z.names[name]...)
	if _, below := f.z.cut(name); below { // addresses of name servers are not the zone's own
		types = slices.DeleteFunc(types, func(t uint16) bool { return t == dns.TypeA || t == dns.TypeAAAA })
	}
	slices.Sort(types)
	soa := f.z.sets[setKey{f.z.origin, dns.TypeSOA}][0].(*dns.SOA)
	record := &dns.NSEC{
		Hdr:        dns.RR_Header{Name: name, Rrtype: dns.TypeNSEC, Class: dns.ClassINET, Ttl: min(soa.Hdr.Ttl, soa.Minttl)},
		NextDomain: next, TypeBitMap: types,
	}
	if slices.ContainsFunc(f.out.authority, func(rr dns.RR) bool { return dns.IsDuplicate(rr, record) }) {
		return
	}
	sig, err := f.z.signer.sign([]dns.RR{record}, f.now)
	if err != nil {
		return
	}
	f.out.authority = append(f.out.authority, record, sig)
}
