package dns

import (
	"github.com/miekg/dns"
)

// ServeDNS answers a client's query.
func (r *Resolver) ServeDNS(w dns.ResponseWriter, query *dns.Msg) {
	if refused(w, query) {
		return
	}
	r.walks.Add(1)
	defer r.walks.Done()
	q := query.Question[0]
	m := new(dns.Msg).SetReply(query)
	m.RecursionAvailable, m.CheckingDisabled = true, query.CheckingDisabled
	if q.Qclass != dns.ClassINET || !query.RecursionDesired {
		m.Rcode = dns.RcodeRefused
		respond(w, query, m, &dns.EDNS0_EDE{InfoCode: dns.ExtendedErrorCodeProhibited, ExtraText: "this resolver answers recursive queries for IN"})
		return
	}
	a := r.resolve(r.alive(), q, query.CheckingDisabled)
	a.fill(m)
	opt := query.IsEdns0()
	wants := opt != nil && opt.Do()
	m.AuthenticatedData = m.AuthenticatedData && (wants || query.AuthenticatedData) && !query.CheckingDisabled
	if !wants {
		m.Answer, m.Ns = withoutProof(m.Answer, q.Qtype), withoutProof(m.Ns, q.Qtype)
	}
	respond(w, query, m, a.fault)
}

// withoutProof leaves out what only one who validates needs (RFC 3225 §3).
func withoutProof(records []dns.RR, asked uint16) []dns.RR {
	kept := make([]dns.RR, 0, len(records))
	for _, rr := range records {
		switch t := rr.Header().Rrtype; {
		case t == asked, t != dns.TypeRRSIG && t != dns.TypeNSEC && t != dns.TypeNSEC3:
			kept = append(kept, rr)
		}
	}
	return kept
}
