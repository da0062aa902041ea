package tls

import (
	"crypto/hmac"
	"hash"
	"strings"
)

func hmacOf(newHash func() hash.Hash, key, text []byte) []byte {
	h := hmac.New(newHash, key)
	h.Write(text)
	return h.Sum(nil)
}

// x509 reads a certificate and gives its subject (RFC 5280 §4.1).
func (t tree) x509() (subject string) {
	d := &der{tree: t}
	d.value("Certificate", "x509", func(byte, int) {
		d.value("tbsCertificate", "x509/tbs", func(byte, int) { subject = d.tbs() })
		d.algorithm("signatureAlgorithm", "x509/signatureAlgorithm")
		d.any("signatureValue", "x509/signatureValue")
	})
	return subject
}

// tbs reads what is signed and gives the subject (RFC 5280 §4.1.2).
func (d *der) tbs() (subject string) {
	if d.next() == 0xa0 {
		d.value("version", "x509/version", func(byte, int) {
			f := d.any("version", "x509/version")
			f.Value = map[string]string{"0": "v1 (0)", "1": "v2 (1)", "2": "v3 (2)"}[f.Value]
		})
	}
	d.any("serialNumber", "x509/serialNumber")
	d.algorithm("signature", "x509/signatureAlgorithm")
	d.name("issuer", "x509/issuer")
	d.value("validity", "x509/validity", func(byte, int) {
		d.any("notBefore", "x509/notBefore")
		d.any("notAfter", "x509/notAfter")
	})
	subject = d.name("subject", "x509/subject")
	d.value("subjectPublicKeyInfo", "x509/key", func(byte, int) {
		d.algorithm("algorithm", "x509/key/algorithm")
		d.any("subjectPublicKey", "x509/key")
	})
	for d.More() {
		if d.next() != 0xa3 {
			d.any("uniqueID", "x509/uniqueID")
			continue
		}
		d.value("extensions", "x509/extensions", func(byte, int) {
			d.value("Extensions", "x509/extensions", func(byte, int) {
				for d.More() {
					d.extension509()
				}
			})
		})
	}
	return subject
}

// algorithm reads an AlgorithmIdentifier (RFC 5280 §4.1.1.2).
func (d *der) algorithm(name, note string) {
	which := ""
	d.value(name, note, func(byte, int) {
		which = d.any("algorithm", note).Value
		for d.More() {
			d.any("parameters", note)
		}
	}).Value = which
}

// name reads a distinguished name and gives it as text (RFC 5280 §4.1.2.4,
// RFC 4514 §2).
func (d *der) name(name, note string) string {
	var parts []string
	f := d.value(name, note, func(byte, int) {
		for d.More() {
			d.value("RelativeDistinguishedName", note, func(byte, int) {
				for d.More() {
					parts = append(parts, d.attribute(note))
				}
			})
		}
	})
	f.Value = strings.Join(parts, ", ")
	return f.Value
}

// distinguishedName reads a name that stands alone.
func (t tree) distinguishedName(name, note string) string {
	d := &der{tree: t}
	return d.name(name, note)
}

// shortNames are the names of attributes as they are written (RFC 4514 §3).
var shortNames = map[string]string{
	"commonName": "CN", "organizationName": "O", "organizationalUnitName": "OU", "countryName": "C",
	"localityName": "L", "stateOrProvinceName": "ST", "streetAddress": "STREET", "domainComponent": "DC",
}

func (d *der) attribute(note string) string {
	said := ""
	d.value("AttributeTypeAndValue", note, func(byte, int) {
		kind, key := d.oid("type", note)
		if short, ok := shortNames[kind]; ok {
			kind = short
		}
		if key != "" {
			note = key
		}
		said = kind + "=" + d.any("value", note).Value
	}).Value = said
	return said
}

// oid reads an object identifier and gives its name and the key of its note.
func (d *der) oid(name, note string) (known, key string) {
	id := ""
	f := d.value(name, note, func(tag byte, n int) {
		if tag == tagOID && n > 0 {
			id = oid([]byte(d.Rest()))
		}
		d.leaf(tag, n, note)
	})
	e, ok := oids[id]
	if !ok {
		f.Value = id
		return id, ""
	}
	f.Value = e.name + " (" + id + ")"
	return e.name, e.note
}

// extension509 reads an extension of a certificate (RFC 5280 §4.2).
func (d *der) extension509() {
	name, key := "", "x509/extension"
	f := d.value("Extension", key, func(byte, int) {
		known, note := d.oid("extnID", "x509/extnID")
		name = known
		if note != "" {
			key = note
		}
		if d.next() == tagBoolean {
			d.any("critical", "x509/critical")
		}
		d.value("extnValue", key, func(tag byte, _ int) {
			if tag != tagOctetString || !d.extensionValue(name, key) {
				d.bytes("data", key, d.left())
			}
		})
	})
	f.Name, f.Note = name, key
	if f.Name == "" {
		f.Name = "Extension"
	}
	if n := len(f.Fields); n > 0 {
		f.Value = f.Fields[n-1].Value
	}
}

// extensionValue reads what an extension of a certificate holds.
func (d *der) extensionValue(name, note string) bool {
	switch name {
	case "subjectAltName":
		d.value("GeneralNames", note, func(byte, int) {
			for d.More() {
				d.generalName()
			}
		})
	case "keyUsage":
		d.value("KeyUsage", note, func(_ byte, n int) { d.usageBits(n) })
	case "extKeyUsage":
		d.value("ExtKeyUsageSyntax", note, func(byte, int) {
			for d.More() {
				d.oid("KeyPurposeId", note)
			}
		})
	case "basicConstraints":
		d.value("BasicConstraints", note, func(byte, int) {
			if d.next() == tagBoolean {
				d.any("cA", "x509/cA")
			}
			if d.next() == tagInteger {
				d.any("pathLenConstraint", "x509/pathLenConstraint")
			}
		})
	case "subjectKeyIdentifier", "authorityKeyIdentifier", "cRLDistributionPoints", "certificatePolicies", "authorityInfoAccess", "nameConstraints":
		d.any(name, note)
	default:
		return false
	}
	return true
}

// generalName reads one of the names that a certificate is for
// (RFC 5280 §4.2.1.6).
func (d *der) generalName() {
	names := map[byte]string{0x81: "rfc822Name", 0x82: "dNSName", 0x86: "uniformResourceIdentifier", 0x87: "iPAddress"}
	tag := d.next()
	name, ok := names[tag]
	if !ok {
		d.any("name", "x509/generalName")
		return
	}
	said := ""
	d.value(name, "x509/"+name, func(_ byte, n int) {
		f := d.Add("name", "x509/"+name, n)
		if tag == 0x87 {
			f.Value = address([]byte(f.Value))
		}
		said = f.Value
	}).Value = said
}

// usages are the bits of a key's usage in their order (RFC 5280 §4.2.1.3).
var usages = []string{
	"digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement", "keyCertSign", "cRLSign",
	"encipherOnly", "decipherOnly",
}

// usageBits reads the bits that say what a key may be used for.
func (d *der) usageBits(n int) {
	if n < 2 {
		return
	}
	d.number("unused bits", "der/unused-bits", 1)
	bits := d.Rest()
	var set []string
	for i, name := range usages {
		if i/8 < len(bits) && bits[i/8]&(0x80>>(i%8)) != 0 {
			set = append(set, name)
		}
	}
	d.Add("bits", "oid/keyUsage", len(bits)).Value = strings.Join(set, ", ")
}
