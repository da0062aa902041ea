package dns

import (
	"crypto"
	"encoding/base64"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/miekg/dns"
)

// How long signatures hold, and from when on before now: clocks differ.
const (
	signedFor    = 14 * 24 * time.Hour
	signedBefore = time.Hour
)

// signer signs the RRsets of a zone when they are first asked for
// (RFC 4035 §2). It is safe for concurrent use.
type signer struct {
	key     *dns.DNSKEY
	private crypto.Signer
	damaged bool // signs, and then spoils the signature

	mu   sync.Mutex
	sigs map[setKey]*dns.RRSIG
}

// newSigner makes a key for a zone: one that signs both the other records and
// itself (RFC 4034 §2.1.1).
func newSigner(origin string, damaged bool) (*signer, error) {
	s := &signer{damaged: damaged, sigs: map[setKey]*dns.RRSIG{}, key: &dns.DNSKEY{
		Hdr:   dns.RR_Header{Name: origin, Rrtype: dns.TypeDNSKEY, Class: dns.ClassINET, Ttl: 3600},
		Flags: dns.ZONE | dns.SEP, Protocol: 3, Algorithm: dns.ECDSAP256SHA256,
	}}
	private, err := s.key.Generate(256)
	if err != nil {
		return nil, fmt.Errorf("make a key for %s: %w", origin, err)
	}
	s.private = private.(crypto.Signer)
	return s, nil
}

// sign gives the signature of an RRset.
func (s *signer) sign(rrset []dns.RR, now time.Time) (*dns.RRSIG, error) {
	k := keyOf(rrset[0])
	s.mu.Lock()
	defer s.mu.Unlock()
	if sig := s.sigs[k]; sig != nil && sig.ValidityPeriod(now.Add(signedFor/2)) {
		return sig, nil
	}
	header := rrset[0].Header()
	sig := &dns.RRSIG{
		Hdr:       dns.RR_Header{Name: header.Name, Rrtype: dns.TypeRRSIG, Class: dns.ClassINET, Ttl: header.Ttl},
		Algorithm: s.key.Algorithm, KeyTag: s.key.KeyTag(), SignerName: s.key.Hdr.Name,
		Inception: uint32(now.Add(-signedBefore).Unix()), Expiration: uint32(now.Add(signedFor).Unix()),
	}
	// Sign orders the set that it is given.
	if err := sig.Sign(s.private, slices.Clone(rrset)); err != nil {
		return nil, fmt.Errorf("sign %s: %w", header.Name, err)
	}
	if s.damaged && header.Rrtype != dns.TypeDNSKEY {
		sig.Signature = spoil(sig.Signature)
	}
	s.sigs[k] = sig
	return sig, nil
}

// spoil turns one bit of a signature.
func spoil(signature string) string {
	b, _ := base64.StdEncoding.DecodeString(signature)
	b[len(b)-1] ^= 1
	return base64.StdEncoding.EncodeToString(b)
}
