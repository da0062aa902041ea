package server

import (
	"crypto/tls"
	"fmt"
	"sync"
	"time"

	"surel/server/ca"
	"surel/server/tap"
)

// Names under which kampus.test's servers speak TLS in another way than usual: a
// client chooses by the name that it looks for (RFC 6066 §3), as with web servers
// of many names. Any other name gets the certificate of mail.kampus.test.
const (
	ExpiredName   = "kedaluwarsa.kampus.test" // its certificate has expired
	StrangerName  = "asing.kampus.test"       // an authority that nobody knows has signed it
	ModernName    = "tls13.kampus.test"       // TLS 1.3 alone
	LegacyName    = "tls12.kampus.test"       // TLS 1.2 alone
	OneSuiteName  = "chacha.kampus.test"      // TLS 1.2 and one suite
	CurveName     = "p521.kampus.test"        // one group, which clients seldom guess
	CertifiedName = "anggota.kampus.test"     // clients need a certificate, too
)

// issued gives a certificate that is made when it is first wanted, so that the
// lab is up at once.
type issued func() (*tls.Certificate, error)

func (f issued) config() *tls.Config {
	return &tls.Config{GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return f() }}
}

// issue gives the certificate of a host, signed by an authority at a time.
func (l *Lab) issue(by *ca.CA, host string, at func() time.Time) issued {
	return sync.OnceValues(func() (*tls.Certificate, error) { return by.Certificate(host, at()) })
}

// serverTLS gives a host's configuration, and with it those of its other names.
func (l *Lab) serverTLS(host string) *tls.Config {
	base := l.issue(l.ca, host, time.Now).config()
	if host == Kampus {
		l.virtual.Do(func() { l.served = l.virtualNames() })
		base.GetConfigForClient = func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
			return l.served[hello.ServerName], nil
		}
	}
	return tap.KeyLog(base)
}

// virtualNames gives the configuration of each of the other names.
func (l *Lab) virtualNames() map[string]*tls.Config {
	longAgo := func() time.Time { return time.Now().AddDate(-2, 0, 0) }
	stranger := sync.OnceValues(func() (*tls.Certificate, error) {
		other, err := ca.New(time.Now())
		if err != nil {
			return nil, fmt.Errorf("make an authority that nobody knows: %w", err)
		}
		return other.Certificate(StrangerName, time.Now())
	})
	all := map[string]*tls.Config{
		ExpiredName:  l.issue(l.ca, ExpiredName, longAgo).config(),
		StrangerName: issued(stranger).config(),
	}
	for _, name := range []string{ModernName, LegacyName, OneSuiteName, CurveName, CertifiedName} {
		all[name] = l.issue(l.ca, name, time.Now).config()
	}
	all[ModernName].MinVersion = tls.VersionTLS13
	all[LegacyName].MaxVersion = tls.VersionTLS12
	all[OneSuiteName].MaxVersion = tls.VersionTLS12
	all[OneSuiteName].CipherSuites = []uint16{tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256}
	all[CurveName].CurvePreferences = []tls.CurveID{tls.CurveP521}
	all[CertifiedName].ClientAuth = tls.RequireAndVerifyClientCert
	all[CertifiedName].ClientCAs = l.ca.Pool()
	return all
}

// clientCertificate gives the student's certificate, which a client shows to
// servers that ask for one.
func (l *Lab) clientCertificate(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
	return l.client()
}

// issueClient makes it.
func (l *Lab) issueClient() (*tls.Certificate, error) {
	return l.ca.Client(Student, time.Now())
}
