package tls_test

import (
	"testing"

	"surel/protocols"
	"surel/protocols/decodertest"
	"surel/protocols/message"
	stls "surel/protocols/tls"
	"surel/protocols/wire"
)

// FuzzStream reads any bytes in both directions.
func FuzzStream(f *testing.F) {
	decodertest.Fuzz(f, testdata, func() protocols.Decoder { return stls.NewDecoder() })
}

// FuzzHandshake reads any bytes as one handshake message in each version, what a
// record would carry.
func FuzzHandshake(f *testing.F) {
	decodertest.Recorded(f, testdata, func(c wire.Conn, segments []wire.Segment) {
		for _, m := range decodertest.Decode(f, c, segments) {
			for _, one := range handshakesIn(m.Inner()) {
				f.Add(one.Raw)
			}
		}
	})
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) < 4 {
			return
		}
		for _, version := range []uint16{0x0301, 0x0303, 0x0304} {
			fields := stls.HandshakeFields(raw, version)
			decodertest.Tree(t, fields, len(raw))
		}
	})
}

// handshakesIn gives the handshake messages among those that are carried.
func handshakesIn(messages []message.Message) (all []message.Message) {
	for i := range messages {
		if inner := messages[i].Inner(); inner != nil {
			all = append(all, handshakesIn(inner)...)
		} else {
			all = append(all, messages[i])
		}
	}
	return all
}

// FuzzCertificate reads any bytes as a certificate.
func FuzzCertificate(f *testing.F) {
	f.Add(stls.Certified(f, "mail.kampus.test").Certificate[0])
	f.Fuzz(func(t *testing.T, raw []byte) {
		decodertest.Tree(t, stls.CertificateFields(raw), len(raw))
	})
}
