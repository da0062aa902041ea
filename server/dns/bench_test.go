package dns_test

import (
	"sync"
	"testing"

	mdns "github.com/miekg/dns"
)

// mxWalk asks all that a sender must know to hand a letter to sekolah.test.
func mxWalk(tb testing.TB, r *running) {
	for _, q := range []struct {
		name  string
		rtype uint16
	}{
		{"sekolah.test", mdns.TypeMX},
		{"mx1.sekolah.test", mdns.TypeA},
		{"mx1.sekolah.test", mdns.TypeAAAA},
		{"mx2.sekolah.test", mdns.TypeA},
		{"mx2.sekolah.test", mdns.TypeAAAA},
	} {
		if m := r.Resolver().Resolve(tb.Context(), q.name, q.rtype, false); len(m.Answer) == 0 || !m.AuthenticatedData {
			tb.Fatalf("%s: %s", q.name, essence(m))
		}
	}
}

// BenchmarkMXWalk finds the servers of sekolah.test with their addresses,
// validated: from the root, and from the cache.
func BenchmarkMXWalk(b *testing.B) {
	r := start(b)
	b.Run("cold", func(b *testing.B) {
		for b.Loop() {
			r.Resolver().Flush()
			mxWalk(b, r)
		}
	})
	b.Run("warm", func(b *testing.B) {
		for b.Loop() {
			mxWalk(b, r)
		}
	})
}

// BenchmarkCachedQueries asks the resolver over UDP from 16 sockets for what it
// has in its cache.
func BenchmarkCachedQueries(b *testing.B) {
	r := start(b)
	mxWalk(b, r)
	query, _ := question("MX sekolah.test +edns")
	wire, err := query.Pack()
	if err != nil {
		b.Fatal(err)
	}
	const sockets = 16
	work := make(chan struct{}, sockets)
	var running sync.WaitGroup
	for range sockets {
		conn, err := r.net.DialUDP(b.Context(), laptop, "resolver.kampus.test:53")
		if err != nil {
			b.Fatal(err)
		}
		running.Go(func() {
			defer func() { _ = conn.Close() }()
			answer := make([]byte, 2000)
			for range work {
				_, err := conn.Write(wire)
				if err == nil {
					_, err = conn.Read(answer)
				}
				if err != nil {
					b.Error(err)
				}
			}
		})
	}
	for b.Loop() {
		work <- struct{}{}
	}
	close(work)
	running.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "queries/s")
}
