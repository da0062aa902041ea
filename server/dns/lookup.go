package dns

import (
	"slices"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// reply is what a zone says to a question.
type reply struct {
	rcode                         int
	authoritative                 bool
	answer, authority, additional []dns.RR
}

// finder carries out one look-up in a zone (RFC 1034 §4.3.2).
type finder struct {
	z    *zone
	q    dns.Question
	name string // in lower case, as everything in a zone
	do   bool   // the asker wants signatures (RFC 3225 §3)
	now  time.Time
	out  reply
}

// maxChain is how many CNAME records are followed inside a zone.
const maxChain = 8

// find answers a question from the zone. The name lies in the zone.
func (z *zone) find(q dns.Question, do bool, now time.Time) reply {
	f := &finder{z: z, q: q, name: strings.ToLower(q.Name), do: do && z.signer != nil, now: now}
	f.out.authoritative = true
	for range maxChain {
		next, more := f.step()
		if !more {
			break
		}
		f.name = next
	}
	return f.out
}

// step looks up the current name. Where it is an alias of another name of the
// zone, it gives that.
func (f *finder) step() (next string, more bool) {
	if !dns.IsSubDomain(f.z.origin, f.name) {
		return "", false // the asker goes on elsewhere
	}
	if cut, ok := f.z.cut(f.name); ok && (cut != f.name || f.q.Qtype != dns.TypeDS) {
		f.refer(cut)
		return "", false
	}
	if _, exists := f.z.names[f.name]; exists {
		return f.at(f.name)
	}
	encloser := f.encloser()
	if wildcard := "*." + strings.TrimPrefix(encloser, "."); f.z.names[wildcard] != nil {
		f.deny(f.name)
		return f.at(wildcard)
	}
	f.out.rcode = dns.RcodeNameError
	f.soa()
	f.deny(f.name)
	f.deny("*." + strings.TrimPrefix(encloser, "."))
	return "", false
}

// encloser gives the closest name above that exists (RFC 4592 §3.3.1).
func (f *finder) encloser() string {
	name := parent(f.name)
	for ; name != f.z.origin; name = parent(name) {
		if _, exists := f.z.names[name]; exists {
			break
		}
	}
	return name
}

// at answers from the records of a node: the name itself or a wildcard.
func (f *finder) at(node string) (next string, more bool) {
	if set := f.asked(node); len(set) > 0 {
		f.out.answer = append(f.out.answer, set...)
		f.helpful(set)
		return "", false
	}
	if alias := f.set(node, dns.TypeCNAME); alias != nil {
		f.out.answer = append(f.out.answer, alias...)
		return strings.ToLower(alias[0].(*dns.CNAME).Target), true
	}
	f.soa()
	f.prove(node)
	return "", false
}

// set gives an RRset with its signature, under the name that was asked for.
// Signatures come last.
func (f *finder) set(node string, rtype uint16) []dns.RR {
	k := setKey{node, rtype}
	set := f.z.sets[k]
	if set == nil {
		return nil
	}
	out := slices.Clone(set)
	if forged := f.z.forged[k]; forged != nil {
		out = slices.Clone(forged)
	}
	if cut, below := f.z.cut(node); f.do && (!below || cut == node && rtype == dns.TypeDS) {
		if sig, err := f.z.signer.sign(set, f.now); err == nil {
			out = append(out, sig)
		}
	}
	return f.renamed(node, out)
}

// renamed gives the records of a wildcard the name that was asked for.
func (f *finder) renamed(node string, records []dns.RR) []dns.RR {
	if node == f.name || !strings.HasPrefix(node, "*.") {
		return records
	}
	for i, rr := range records {
		records[i] = dns.Copy(rr)
		records[i].Header().Name = f.name
	}
	return records
}

// helpful adds the addresses of the hosts that records name, where the zone
// has them (RFC 1035 §3.3.9, RFC 2782).
func (f *finder) helpful(set []dns.RR) {
	for _, rr := range set {
		var host string
		switch rr := rr.(type) {
		case *dns.MX:
			host = rr.Mx
		case *dns.SRV:
			host = rr.Target
		case *dns.NS:
			host = rr.Ns
		default:
			continue
		}
		f.addresses(strings.ToLower(host))
	}
}

func (f *finder) addresses(host string) {
	for _, rtype := range []uint16{dns.TypeA, dns.TypeAAAA} {
		if dns.IsSubDomain(f.z.origin, host) {
			f.out.additional = append(f.out.additional, f.set(host, rtype)...)
		}
	}
}

// refer sends the asker to the servers of the zone below (RFC 1034 §4.2.1).
func (f *finder) refer(cut string) {
	f.out.authoritative = len(f.out.answer) > 0 // behind an alias of this zone
	servers := f.z.sets[setKey{cut, dns.TypeNS}]
	f.out.authority = append(f.out.authority, servers...)
	if f.do {
		if ds := f.set(cut, dns.TypeDS); ds != nil {
			f.out.authority = append(f.out.authority, ds...)
		} else {
			f.prove(cut)
		}
	}
	f.helpful(servers)
}

// soa adds the SOA record, with the time that a denial may be kept
// (RFC 2308 §3).
func (f *finder) soa() {
	set := f.set(f.z.origin, dns.TypeSOA)
	for i, rr := range set {
		set[i] = dns.Copy(rr)
		set[i].Header().Ttl = min(rr.Header().Ttl, f.z.sets[setKey{f.z.origin, dns.TypeSOA}][0].(*dns.SOA).Minttl)
	}
	f.out.authority = append(f.out.authority, set...)
}
