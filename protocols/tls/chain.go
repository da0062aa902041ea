package tls

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"strings"
	"time"
)

// Chain is what a server has shown to prove who it is.
type Chain struct {
	// Name is the server that the client looked for; empty where it did not say.
	Name string
	// Certificates are as they were sent, the owner's first.
	Certificates []Certificate
}

// Certificate is one of a chain, as far as it can be read.
type Certificate struct {
	// Raw is the certificate in DER.
	Raw             []byte
	Subject, Issuer string
	// Names are those for which it is good.
	Names               []string
	NotBefore, NotAfter time.Time
	// Fingerprint is the SHA-256 of its bytes in hexadecimal digits.
	Fingerprint string

	parsed *x509.Certificate
}

// Finding is one reason for or against a chain, as a client finds it.
type Finding struct {
	// Note is the key of the note on it, such as "judge/name".
	Note string
	// Good tells that it speaks for the chain; Unknown, that it cannot be told.
	Good, Unknown bool
	// Detail is what it rests on.
	Detail string
}

// readChain reads what a Certificate message has brought.
func readChain(name string, raw [][]byte) Chain {
	c := Chain{Name: name}
	for _, der := range raw {
		sum := sha256.Sum256(der)
		one := Certificate{Raw: der, Fingerprint: hex.EncodeToString(sum[:])}
		if parsed, err := x509.ParseCertificate(der); err == nil {
			one.parsed = parsed
			one.Subject, one.Issuer = parsed.Subject.String(), parsed.Issuer.String()
			one.Names = parsed.DNSNames
			one.NotBefore, one.NotAfter = parsed.NotBefore, parsed.NotAfter
		}
		c.Certificates = append(c.Certificates, one)
	}
	return c
}

// Judge tells what a client that trusts the roots finds at a time, reason by
// reason (RFC 5280 §6, RFC 9525 §6). Without roots it cannot tell whether the last
// issuer is to be trusted.
func (c *Chain) Judge(at time.Time, roots *x509.CertPool) []Finding {
	if len(c.Certificates) == 0 {
		return []Finding{{Note: "judge/none"}}
	}
	leaf := c.Certificates[0].parsed
	if leaf == nil {
		return []Finding{{Note: "judge/unreadable"}}
	}
	return []Finding{c.name(leaf), c.time(at), c.signatures(), c.issuer(leaf, at, roots), key(leaf), use(leaf)}
}

func (c *Chain) name(leaf *x509.Certificate) Finding {
	f := Finding{Note: "judge/name", Detail: c.Name + ": " + strings.Join(leaf.DNSNames, ", ")}
	if c.Name == "" {
		f.Unknown = true
		return f
	}
	f.Good = leaf.VerifyHostname(c.Name) == nil
	return f
}

func (c *Chain) time(at time.Time) Finding {
	f := Finding{Note: "judge/time", Good: true}
	for _, one := range c.Certificates {
		if one.parsed == nil {
			continue
		}
		if f.Detail == "" || at.Before(one.NotBefore) || at.After(one.NotAfter) {
			f.Detail = one.NotBefore.UTC().Format(time.DateOnly) + " – " + one.NotAfter.UTC().Format(time.DateOnly)
		}
		if at.Before(one.NotBefore) || at.After(one.NotAfter) {
			f.Good = false
			break
		}
	}
	return f
}

// signatures tells whether each certificate is signed by the next.
func (c *Chain) signatures() Finding {
	f := Finding{Note: "judge/signatures", Good: true}
	var links []string
	for i := 0; i+1 < len(c.Certificates); i++ {
		lower, upper := c.Certificates[i].parsed, c.Certificates[i+1].parsed
		if lower == nil || upper == nil || lower.CheckSignatureFrom(upper) != nil {
			f.Good, f.Detail = false, c.Certificates[i].Subject
			return f
		}
		links = append(links, upper.Subject.CommonName)
	}
	f.Detail = strings.Join(append([]string{c.Certificates[0].parsed.Subject.CommonName}, links...), " ← ")
	return f
}

func (c *Chain) issuer(leaf *x509.Certificate, at time.Time, roots *x509.CertPool) Finding {
	last := c.Certificates[len(c.Certificates)-1]
	f := Finding{Note: "judge/issuer", Detail: last.Issuer}
	if roots == nil {
		f.Unknown = true
		return f
	}
	between := x509.NewCertPool()
	for _, one := range c.Certificates[1:] {
		if one.parsed != nil {
			between.AddCert(one.parsed)
		}
	}
	// The time is judged apart from this: within the leaf's own life it counts
	// only who has signed.
	if at.After(leaf.NotAfter) || at.Before(leaf.NotBefore) {
		at = leaf.NotBefore.Add(time.Second)
	}
	_, err := leaf.Verify(x509.VerifyOptions{
		Roots: roots, Intermediates: between, CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	})
	f.Good = err == nil
	return f
}

// minRSA is how many bits an RSA key needs (RFC 9325 §4.5).
const minRSA = 2048

func key(leaf *x509.Certificate) Finding {
	f := Finding{Note: "judge/key", Good: true, Detail: leaf.PublicKeyAlgorithm.String() + ", " + leaf.SignatureAlgorithm.String()}
	if k, ok := leaf.PublicKey.(interface{ Size() int }); ok && k.Size()*8 < minRSA {
		f.Good = false
	}
	switch leaf.SignatureAlgorithm {
	case x509.MD2WithRSA, x509.MD5WithRSA, x509.SHA1WithRSA, x509.DSAWithSHA1, x509.ECDSAWithSHA1:
		f.Good = false
	default:
	}
	return f
}

func use(leaf *x509.Certificate) Finding {
	f := Finding{Note: "judge/use", Good: len(leaf.ExtKeyUsage) == 0, Detail: "-"}
	for _, u := range leaf.ExtKeyUsage {
		switch u {
		case x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageAny:
			f.Good, f.Detail = true, "serverAuth"
		case x509.ExtKeyUsageClientAuth:
			if !f.Good {
				f.Detail = "clientAuth"
			}
		default:
		}
	}
	return f
}
