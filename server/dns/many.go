package dns

import "github.com/miekg/dns"

// asked gives what a node has for the question: an RRset in most cases, and
// where that is asked for all of them (RFC 1034 §3.7.1), the record that links
// the node to the next, or the signatures alone.
func (f *finder) asked(node string) []dns.RR {
	switch f.q.Qtype {
	case dns.TypeANY:
		return f.all(node)
	case dns.TypeNSEC:
		return f.ownNSEC(node)
	case dns.TypeRRSIG:
		return f.signatures(node)
	}
	return f.set(node, f.q.Qtype)
}

func (f *finder) all(node string) []dns.RR {
	var all []dns.RR
	for _, rtype := range f.z.names[node] {
		all = append(all, f.set(node, rtype)...)
	}
	return all
}

func (f *finder) ownNSEC(node string) []dns.RR {
	if f.z.signer == nil {
		return nil
	}
	i, linked := f.z.place(node)
	if !linked {
		return nil
	}
	record, sig, err := f.z.nsec(i, f.now)
	if err != nil {
		return nil
	}
	out := []dns.RR{record}
	if f.do {
		out = append(out, sig)
	}
	return f.renamed(node, out)
}

func (f *finder) signatures(node string) []dns.RR {
	if f.z.signer == nil {
		return nil
	}
	var sigs []dns.RR
	for _, rtype := range f.z.names[node] {
		if sig, err := f.z.signer.sign(f.z.sets[setKey{node, rtype}], f.now); err == nil {
			sigs = append(sigs, sig)
		}
	}
	return f.renamed(node, sigs)
}
