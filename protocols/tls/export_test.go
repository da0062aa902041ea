package tls

import "surel/protocols/field"

// HandshakeFields opens a handshake message of a version.
func HandshakeFields(raw []byte, version uint16) []field.Field {
	return handshake{version: version, suite: 0xc02b}.Fields(raw)
}

// CertificateFields opens a certificate.
func CertificateFields(raw []byte) []field.Field {
	t := newTree(raw)
	t.x509()
	return t.Fields()
}
