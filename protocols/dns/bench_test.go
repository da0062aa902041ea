package dns_test

import (
	"runtime"
	"testing"

	"surel/protocols/decodertest"
	"surel/protocols/dns"
	"surel/protocols/wire"
)

// BenchmarkDecode reads queries and responses as they are on the way to a mail
// server, each with its whole tree.
func BenchmarkDecode(b *testing.B) {
	var all []wire.Segment
	size := 0
	decodertest.Recorded(b, testdata, func(c wire.Conn, segments []wire.Segment) {
		if c.Datagrams {
			all = append(all, segments...)
		}
	})
	for _, s := range all {
		size += len(s.Bytes)
	}
	d := dns.NewDecoder()
	d.Datagrams()
	// How often the collector runs depends on what the program holds: a log.
	log := make([]byte, wire.DefaultLimits.Total)
	defer runtime.KeepAlive(log)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		for _, s := range all {
			messages, _ := d.Decode(s.Dir, s.Bytes)
			_ = messages[0].Fields()
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "messages/s")
	b.ReportMetric(float64(size)/float64(len(all)), "bytes/message")
}
