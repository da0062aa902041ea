package dns_test

import (
	"testing"

	"surel/protocols/decodertest"
	"surel/protocols/dns"
	"surel/protocols/message"
	"surel/protocols/wire"

	"surel/protocols"
)

// FuzzStream reads what comes over TCP.
func FuzzStream(f *testing.F) {
	decodertest.Fuzz(f, testdata, func() protocols.Decoder { return dns.NewDecoder() })
}

// FuzzDatagram reads one datagram, and compares what is read with the library.
func FuzzDatagram(f *testing.F) {
	for _, b := range samples(f) {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		messages := datagram(b)
		decodertest.Messages(t, messages, "datagram")
		decodertest.Lossless(t, messages, []wire.Segment{{Bytes: b}}, "datagram")
		if len(messages) == 1 && !messages[0].Malformed {
			agree(t, b, &messages[0])
		}
	})
}

func datagram(b []byte) []message.Message {
	d := dns.NewDecoder()
	d.Datagrams()
	messages, _ := d.Decode(wire.ClientToServer, b)
	return messages
}
