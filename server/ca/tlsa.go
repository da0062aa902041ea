package ca

import (
	"crypto/sha256"
	"encoding/hex"
)

// TLSA gives the data of a TLSA record that vouches for this authority: by its
// public key, as a trust anchor, in SHA-256 (RFC 6698 §2.1, RFC 7671 §5.2).
func (ca *CA) TLSA() string {
	sum := sha256.Sum256(ca.cert.RawSubjectPublicKeyInfo)
	return "2 1 1 " + hex.EncodeToString(sum[:])
}
