package dns

import (
	"time"

	"github.com/miekg/dns"
)

// authority answers for its zones, and for nothing else.
type authority struct {
	zones []*zone
	now   func() time.Time
}

// ServeDNS answers a query.
func (a *authority) ServeDNS(w dns.ResponseWriter, query *dns.Msg) {
	if refused(w, query) {
		return
	}
	q := query.Question[0]
	z := a.zoneOf(absolute(q.Name), q.Qtype)
	m := new(dns.Msg).SetReply(query)
	if z == nil || q.Qclass != dns.ClassINET {
		m.Rcode = dns.RcodeRefused
		respond(w, query, m, &dns.EDNS0_EDE{InfoCode: dns.ExtendedErrorCodeNotAuthoritative})
		return
	}
	opt := query.IsEdns0()
	r := z.find(q, opt != nil && opt.Do(), a.now())
	m.Rcode, m.Authoritative = r.rcode, r.authoritative
	m.Answer, m.Ns, m.Extra = r.answer, r.authority, r.additional
	respond(w, query, m, nil)
}

// zoneOf gives the lowest zone in which the name lies. A question for DS at the
// top of a zone is for the zone above (RFC 4035 §3.1.4.1).
func (a *authority) zoneOf(name string, qtype uint16) *zone {
	if qtype == dns.TypeDS {
		if z := a.lowest(name, func(z *zone) bool { return z.origin != name }); z != nil {
			return z
		}
	}
	return a.lowest(name, func(*zone) bool { return true })
}

func (a *authority) lowest(name string, fits func(*zone) bool) *zone {
	var found *zone
	for _, z := range a.zones {
		if dns.IsSubDomain(z.origin, name) && fits(z) && (found == nil || dns.IsSubDomain(found.origin, z.origin)) {
			found = z
		}
	}
	return found
}
