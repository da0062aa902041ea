package tls

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"surel/protocols/wire"
)

// Talk is a conversation of two peers of the standard library: what crossed, and
// the key log.
type Talk struct {
	Segments []wire.Segment
	Lines    []string
}

// pipe records what crosses between two ends.
type pipe struct {
	net.Conn
	mu  *sync.Mutex
	dir wire.Dir
	out *[]wire.Segment
}

func (p *pipe) Write(b []byte) (int, error) {
	p.mu.Lock()
	*p.out = append(*p.out, wire.Segment{Dir: p.dir, Bytes: bytes.Clone(b)})
	p.mu.Unlock()
	return p.Conn.Write(b)
}

// Certified makes a certificate for a name, by itself.
func Certified(t testing.TB, name string) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(4711), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		IPAddresses: []net.IP{net.IPv4(192, 0, 2, 25)}, NotBefore: time.Unix(1_700_000_000, 0), NotAfter: time.Unix(1_900_000_000, 0),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, BasicConstraintsValid: true, IsCA: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// peers are a client and a server that trust each other, for mail.kampus.test.
func peers(tb testing.TB) (client, server *tls.Config) {
	tb.Helper()
	cert := Certified(tb, "mail.kampus.test")
	leaf, err := x509.ParseCertificate(cert.Certificate[0])
	if err != nil {
		tb.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(leaf)
	all := []tls.Certificate{cert}
	return &tls.Config{RootCAs: roots, ServerName: "mail.kampus.test", Certificates: all}, &tls.Config{Certificates: all}
}

// Converse lets a client and a server Talk over TLS: each says what its function
// says. Either may end it with an error.
func Converse(t testing.TB, client, server *tls.Config, call, serve func(io.ReadWriter)) Talk {
	t.Helper()
	var (
		out Talk
		mu  sync.Mutex
		log bytes.Buffer
	)
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	server.KeyLogWriter = &log
	done := make(chan struct{})
	go func() {
		defer close(done)
		there, err := l.Accept()
		if err != nil {
			return
		}
		s := tls.Server(&pipe{there, &mu, wire.ServerToClient, &out.Segments}, server)
		defer func() { _ = s.Close() }()
		if s.HandshakeContext(t.Context()) == nil {
			serve(s)
		}
		_, _ = io.Copy(io.Discard, s)
	}()
	here, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	c := tls.Client(&pipe{here, &mu, wire.ClientToServer, &out.Segments}, client)
	if c.HandshakeContext(t.Context()) == nil {
		call(c)
	}
	_ = c.Close()
	<-done
	out.Lines = strings.FieldsFunc(log.String(), func(r rune) bool { return r == '\n' })
	return out
}

// echo lets the server say what the client said.
func echo(text string) (call, serve func(io.ReadWriter)) {
	return func(c io.ReadWriter) {
			if _, err := io.WriteString(c, text); err == nil {
				_, _ = io.ReadFull(c, make([]byte, len(text)))
			}
		}, func(s io.ReadWriter) {
			b := make([]byte, len(text))
			if _, err := io.ReadFull(s, b); err == nil {
				_, _ = s.Write(b)
			}
		}
}

// Turns lets them speak by turns, the server first.
func Turns(lines ...string) (call, serve func(io.ReadWriter)) {
	side := func(first int) func(io.ReadWriter) {
		return func(c io.ReadWriter) {
			for i, text := range lines {
				if i%2 == first {
					_, _ = io.WriteString(c, text)
				} else {
					_, _ = io.ReadFull(c, make([]byte, len(text)))
				}
			}
		}
	}
	return side(1), side(0)
}

// read decodes a conversation with its keys, or without.
func (k Talk) read(keys bool) *Decoder {
	d := NewDecoder()
	if keys {
		d.Keys(k.Lines)
	}
	return d
}
