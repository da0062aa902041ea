package ca_test

import (
	"crypto/x509"
	"os"
	"testing"
	"time"

	"surel/server/ca"
)

func open(t *testing.T, dir string, now time.Time) *ca.CA {
	t.Helper()
	authority, err := ca.Open(dir, now)
	if err != nil {
		t.Fatal(err)
	}
	return authority
}

func TestCertificate(t *testing.T) {
	t.Parallel()
	authority := open(t, t.TempDir(), time.Now())
	cert, err := authority.Certificate("mail.kampus.test", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(cert.Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	for name, good := range map[string]bool{
		"mail.kampus.test": true, "localhost": true, "127.0.0.1": true, "mx1.sekolah.test": false,
	} {
		_, err := leaf.Verify(x509.VerifyOptions{Roots: authority.Pool(), DNSName: name})
		if good != (err == nil) {
			t.Errorf("certificate for %s: %v", name, err)
		}
	}
	stranger := open(t, t.TempDir(), time.Now())
	if _, err := leaf.Verify(x509.VerifyOptions{Roots: stranger.Pool()}); err == nil {
		t.Error("another authority vouches for the certificate")
	}
}

func TestOpenAgain(t *testing.T) {
	t.Parallel()
	dir, now := t.TempDir(), time.Now()
	first := open(t, dir, now)
	if !open(t, dir, now).Pool().Equal(first.Pool()) {
		t.Error("the authority is another one after it was opened again")
	}
	if open(t, dir, now.AddDate(1, 0, 0)).Pool().Equal(first.Pool()) {
		t.Error("an authority that has run out is still used")
	}
	if err := os.WriteFile(ca.File(dir), []byte("rusak"), 0o600); err != nil {
		t.Fatal(err)
	}
	if open(t, dir, now).Pool().Equal(first.Pool()) {
		t.Error("a broken file gave the old authority")
	}
}
