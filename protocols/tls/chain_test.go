package tls

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"testing"
	"time"
)

// issue makes a certificate and its key, signed by another or by itself.
func issue(t *testing.T, name string, by *x509.Certificate, byKey *ecdsa.PrivateKey, change func(*x509.Certificate)) (*x509.Certificate, *ecdsa.PrivateKey) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotBefore: noon.AddDate(0, -1, 0), NotAfter: noon.AddDate(0, 1, 0),
	}
	change(c)
	if by == nil {
		by, byKey = c, key
	}
	der, err := x509.CreateCertificate(rand.Reader, c, by, &key.PublicKey, byKey)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return parsed, key
}

var noon = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

// TestJudge changes one thing of a good chain at a time: that reason speaks against
// it, and no other.
func TestJudge(t *testing.T) {
	t.Parallel()
	authority := func(c *x509.Certificate) {
		c.IsCA, c.BasicConstraintsValid, c.KeyUsage = true, true, x509.KeyUsageCertSign
	}
	root, rootKey := issue(t, "root", nil, nil, authority)
	stranger, strangerKey := issue(t, "stranger", nil, nil, authority)
	server := func(c *x509.Certificate) {
		c.DNSNames, c.ExtKeyUsage = []string{"mail.kampus.test"}, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	}
	roots := x509.NewCertPool()
	roots.AddCert(root)
	for name, test := range map[string]struct {
		by     *x509.Certificate
		key    *ecdsa.PrivateKey
		shown  *x509.Certificate
		change func(*x509.Certificate)
		looks  string
		bad    []string
	}{
		"good":        {by: root, key: rootKey, shown: root},
		"wrong name":  {by: root, key: rootKey, shown: root, looks: "surat.kampus.test", bad: []string{"judge/name"}},
		"expired":     {by: root, key: rootKey, shown: root, change: func(c *x509.Certificate) { c.NotAfter = noon.Add(-time.Hour) }, bad: []string{"judge/time"}},
		"not yet":     {by: root, key: rootKey, shown: root, change: func(c *x509.Certificate) { c.NotBefore = noon.Add(time.Hour) }, bad: []string{"judge/time"}},
		"stranger":    {by: stranger, key: strangerKey, shown: stranger, bad: []string{"judge/issuer"}},
		"not signed":  {by: stranger, key: strangerKey, shown: root, bad: []string{"judge/signatures", "judge/issuer"}},
		"for clients": {by: root, key: rootKey, shown: root, change: func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} }, bad: []string{"judge/use"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			leaf, _ := issue(t, "leaf", test.by, test.key, func(c *x509.Certificate) {
				server(c)
				if test.change != nil {
					test.change(c)
				}
			})
			looks := test.looks
			if looks == "" {
				looks = "mail.kampus.test"
			}
			chain := readChain(looks, [][]byte{leaf.Raw, test.shown.Raw})
			var bad []string
			for _, f := range chain.Judge(noon, roots) {
				if !Notes.Has(f.Note) || f.Detail == "" {
					t.Errorf("%s has no note or no detail %q", f.Note, f.Detail)
				}
				if !f.Good {
					bad = append(bad, f.Note)
				}
			}
			if len(bad) != len(test.bad) {
				t.Fatalf("against it speak %v, want %v", bad, test.bad)
			}
			for i := range bad {
				if bad[i] != test.bad[i] {
					t.Errorf("against it speak %v, want %v", bad, test.bad)
				}
			}
		})
	}
	none := readChain("", nil)
	if got := none.Judge(noon, roots); len(got) != 1 || got[0].Good {
		t.Errorf("no certificate: %v", got)
	}
	broken := readChain("", [][]byte{{0x30, 0x03, 1, 2, 3}})
	if got := broken.Judge(noon, roots); len(got) != 1 || got[0].Note != "judge/unreadable" {
		t.Errorf("an unreadable one: %v", got)
	}
	unknown := readChain("mail.kampus.test", [][]byte{root.Raw})
	for _, f := range unknown.Judge(noon, nil) {
		if f.Note == "judge/issuer" && !f.Unknown {
			t.Errorf("without roots: %v", f)
		}
	}
}
