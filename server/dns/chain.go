package dns

import (
	"context"
	"fmt"
	"slices"

	"github.com/miekg/dns"
)

// enter goes down to a zone and says whether it is signed: its parent has a DS
// record for it, or proves that it has none (RFC 4035 §5.2).
func (w *walk) enter(ctx context.Context, from, to cut, referral *dns.Msg) (cut, error) {
	if from.security != secure {
		w.memory.cuts.put(to)
		return to, nil
	}
	keys, err := w.keys(ctx, from)
	if err != nil {
		return cut{}, err
	}
	v := verifier{zone: from.name, keys: keys, now: w.r.cfg.now()}
	set, _, err := v.set(referral.Ns, to.name, dns.TypeDS)
	if err != nil {
		return cut{}, &trouble{dns.ExtendedErrorCodeDNSBogus, err.Error()}
	}
	for _, rr := range set {
		to.ds = append(to.ds, rr.(*dns.DS))
	}
	switch {
	case len(to.ds) > 0:
		to.security = secure
	case !v.denials(referral.Ns).noDS(to.name):
		return cut{}, &trouble{
			dns.ExtendedErrorCodeNSECMissing, fmt.Sprintf("%s neither has a DS record for %s nor proves that there is none", from.name, to.name),
		}
	}
	w.memory.cuts.put(to)
	return to, nil
}

// keys gives the keys of a signed zone, after its DS record or the trust anchor
// has vouched for one of them and that one for all.
func (w *walk) keys(ctx context.Context, z cut) ([]*dns.DNSKEY, error) {
	if kept, ok := w.memory.cuts.lowest(z.name); ok && kept.name == z.name && kept.keys != nil {
		return kept.keys, nil
	}
	m, err := w.query(ctx, z, z.name, dns.TypeDNSKEY)
	if err != nil {
		return nil, err
	}
	var all, vouched []*dns.DNSKEY
	for _, rr := range m.Answer {
		if key, ok := rr.(*dns.DNSKEY); ok && absolute(key.Hdr.Name) == z.name && key.Flags&dns.ZONE != 0 {
			all = append(all, key)
			if w.vouches(z, key) {
				vouched = append(vouched, key)
			}
		}
	}
	v := verifier{zone: z.name, keys: vouched, now: w.r.cfg.now()}
	if _, sig, err := v.set(m.Answer, z.name, dns.TypeDNSKEY); err != nil || sig == nil {
		return nil, &trouble{dns.ExtendedErrorCodeDNSKEYMissing, "no key of " + z.name + " is vouched for by its parent"}
	}
	z.keys = all
	w.memory.cuts.put(z)
	return all, nil
}

// vouches tells whether the zone above, or the trust anchor, names a key.
func (w *walk) vouches(z cut, key *dns.DNSKEY) bool {
	if anchor := w.r.cfg.anchor; z.name == "." {
		return key.Algorithm == anchor.Algorithm && key.PublicKey == anchor.PublicKey
	}
	return slices.ContainsFunc(z.ds, func(ds *dns.DS) bool {
		made := key.ToDS(ds.DigestType)
		return made != nil && ds.KeyTag == made.KeyTag && ds.Algorithm == made.Algorithm && ds.Digest == made.Digest
	})
}
