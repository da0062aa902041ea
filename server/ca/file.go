package ca

import (
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

const (
	certFile = "ca.pem"
	keyFile  = "ca-key.pem"
)

// Open takes up the authority that a folder holds, so that a mail client that
// trusts it goes on to, or makes one where there is none or it has run out.
func Open(dir string, now time.Time) (*CA, error) {
	if ca, err := load(dir); err == nil && now.Before(ca.cert.NotAfter.Add(-24*time.Hour)) {
		return ca, nil
	}
	ca, err := create(now)
	if err != nil {
		return nil, err
	}
	return ca, ca.save(dir)
}

// File gives the path of the authority's certificate in PEM.
func File(dir string) string { return filepath.Join(dir, certFile) }

func load(dir string) (*CA, error) {
	certDER, err := readPEM(File(dir))
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(certDER)
	if err != nil {
		return nil, err
	}
	keyDER, err := readPEM(filepath.Join(dir, keyFile))
	if err != nil {
		return nil, err
	}
	parsed, err := x509.ParsePKCS8PrivateKey(keyDER)
	if err != nil {
		return nil, err
	}
	key, ok := parsed.(*ecdsa.PrivateKey)
	if !ok || !key.PublicKey.Equal(cert.PublicKey) {
		return nil, errors.New("key and certificate do not belong together")
	}
	return &CA{cert: cert, key: key}, nil
}

func readPEM(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, fmt.Errorf("%s holds no PEM block", path)
	}
	return block.Bytes, nil
}

func (ca *CA) save(dir string) error {
	keyDER, err := x509.MarshalPKCS8PrivateKey(ca.key)
	if err != nil {
		return fmt.Errorf("encode the authority's key: %w", err)
	}
	key := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDER})
	if err := os.WriteFile(filepath.Join(dir, keyFile), key, 0o600); err != nil {
		return fmt.Errorf("keep the authority's key: %w", err)
	}
	cert := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: ca.cert.Raw})
	if err := os.WriteFile(File(dir), cert, 0o644); err != nil {
		return fmt.Errorf("keep the authority's certificate: %w", err)
	}
	return nil
}
