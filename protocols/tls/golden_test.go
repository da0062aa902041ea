package tls_test

import (
	"crypto/tls"
	"crypto/x509"
	"flag"
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"

	"surel/protocols/decodertest"
	"surel/protocols/smtp"
	stls "surel/protocols/tls"
	"surel/protocols/wire"
)

var (
	update = flag.Bool("update", false, "write the golden files anew")
	record = flag.Bool("record", false, "record the conversations anew")
)

// testdata holds the recorded conversations.
var testdata = os.DirFS("testdata")

// recordings are the conversations in testdata: each is one of two peers of the
// standard library.
var recordings = map[string]struct {
	about  string
	server *tls.Config
	client *tls.Config
}{
	"13":           {"TLS 1.3.", &tls.Config{}, &tls.Config{}},
	"12":           {"TLS 1.2.", &tls.Config{MaxVersion: tls.VersionTLS12}, &tls.Config{}},
	"12-cbc":       {"TLS 1.2 with a CBC suite.", &tls.Config{MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA}}, &tls.Config{}},
	"retry":        {"A HelloRetryRequest.", &tls.Config{CurvePreferences: []tls.CurveID{tls.CurveP521}}, &tls.Config{}},
	"certified":    {"The client has a certificate, too.", &tls.Config{ClientAuth: tls.RequireAnyClientCert}, &tls.Config{}},
	"certified-12": {"The client has a certificate, too, and TLS is 1.2.", &tls.Config{ClientAuth: tls.RequireAnyClientCert, MaxVersion: tls.VersionTLS12}, &tls.Config{}},
	"unknown-ca":   {"The client does not trust the server.", &tls.Config{}, &tls.Config{RootCAs: x509.NewCertPool()}},
	"version":      {"No version that both know.", &tls.Config{MinVersion: tls.VersionTLS13}, &tls.Config{MaxVersion: tls.VersionTLS12}},
	"alpn":         {"A protocol is chosen by ALPN.", &tls.Config{NextProtos: []string{"smtp"}}, &tls.Config{NextProtos: []string{"imap", "smtp"}}},
}

// TestRecord records the conversations anew where it is asked to.
func TestRecord(t *testing.T) {
	t.Parallel()
	if !*record {
		return // the recordings are files
	}
	cert := stls.Certified(t, "mail.kampus.test")
	leaf, err := x509.ParseCertificate(cert.Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range recordings {
		r.server.Certificates, r.client.Certificates = []tls.Certificate{cert}, []tls.Certificate{cert}
		r.client.ServerName = "mail.kampus.test"
		if r.client.RootCAs == nil {
			r.client.RootCAs = x509.NewCertPool()
			r.client.RootCAs.AddCert(leaf)
		}
		call, serve := stls.Turns("220 mail.kampus.test ESMTP\r\n", "QUIT\r\n", "221 2.0.0 Bye\r\n")
		k := stls.Converse(t, r.client, r.server, call, serve)
		noon := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
		at := func(host, addr string) wire.Endpoint {
			a := netip.MustParseAddrPort(addr)
			return wire.Endpoint{Host: host, Addr: a, Real: a}
		}
		c := wire.Conn{
			Service: "submissions", Client: at("laptop.kampus.test", "192.0.2.10:50000"), Server: at("mail.kampus.test", "192.0.2.25:465"),
			Opened: noon, Closed: noon.Add(time.Second), Secrets: k.Lines,
		}
		for i := range k.Segments {
			k.Segments[i].Time = noon.Add(time.Duration(i) * time.Millisecond)
		}
		var text strings.Builder
		text.WriteString("# " + r.about + "\n")
		if err := wire.WriteText(&text, c, k.Segments); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("testdata/"+name+".log", []byte(text.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRecordings(t *testing.T) {
	t.Parallel()
	decodertest.Recordings(t, testdata, *update, os.WriteFile, stls.Notes, smtp.Notes)
}
