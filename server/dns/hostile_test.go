package dns_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	mdns "github.com/miekg/dns"

	"surel/server/dns"
)

// liar is a socket to a name server that answers each query as it is told to.
type liar struct {
	net.Conn
	answers [][]byte
	say     func(query *mdns.Msg) [][]byte
}

func (l *liar) Write(b []byte) (int, error) {
	q := new(mdns.Msg)
	if err := q.Unpack(b); err != nil {
		return 0, err
	}
	l.answers = l.say(q)
	return len(b), nil
}

func (l *liar) Read(b []byte) (int, error) {
	if len(l.answers) == 0 {
		return 0, os.ErrDeadlineExceeded
	}
	n := copy(b, l.answers[0])
	l.answers = l.answers[1:]
	return n, nil
}

func (*liar) Close() error                { return nil }
func (*liar) SetDeadline(time.Time) error { return nil }
func (*liar) LocalAddr() net.Addr         { return &net.UDPAddr{} }
func (*liar) RemoteAddr() net.Addr        { return &net.UDPAddr{} }

var errNoTCP = errors.New("no TCP here")

// lied makes a resolver all of whose servers answer as they are told to, and
// counts the queries.
func lied(t testing.TB, say func(to string, q *mdns.Msg) [][]byte) (*dns.Resolver, func() int) {
	t.Helper()
	var mu sync.Mutex
	asked := 0
	dial := func(_ context.Context, network, to string) (net.Conn, error) {
		if network != "udp" {
			return nil, errNoTCP
		}
		return &liar{say: func(q *mdns.Msg) [][]byte {
			mu.Lock()
			defer mu.Unlock()
			asked++
			return say(to, q)
		}}, nil
	}
	r, stop := dns.NewTestResolver(dial, nil, time.Now)
	t.Cleanup(stop)
	return r, func() int {
		mu.Lock()
		defer mu.Unlock()
		return asked
	}
}

// saying packs an answer to a query with these records, "answer", "authority"
// and "additional" of a zone file.
func saying(t testing.TB, q *mdns.Msg, answer, authority, additional string) []byte {
	t.Helper()
	m := new(mdns.Msg).SetReply(q)
	m.Authoritative = authority == ""
	m.Answer, m.Ns, m.Extra = records(t, answer), records(t, authority), records(t, additional)
	b, err := m.Pack()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func records(t testing.TB, text string) []mdns.RR {
	t.Helper()
	var all []mdns.RR
	p := mdns.NewZoneParser(strings.NewReader(text), ".", "")
	for rr, ok := p.Next(); ok; rr, ok = p.Next() {
		all = append(all, rr)
	}
	if err := p.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestForgedDatagramsAreDropped(t *testing.T) {
	t.Parallel()
	r, _ := lied(t, func(_ string, q *mdns.Msg) [][]byte {
		good := saying(t, q, "a.test. 60 IN A 192.0.2.1", "", "")
		wrongID := saying(t, q, "a.test. 60 IN A 192.0.2.66", "", "")
		wrongID[0] ^= 1
		other := q.Copy()
		other.Question[0].Name = "b.test."
		query := append([]byte(nil), saying(t, q, "a.test. 60 IN A 192.0.2.66", "", "")...)
		query[2] &^= 0x80 // no response
		return [][]byte{{}, []byte("x"), wrongID, saying(t, other, "a.test. 60 IN A 192.0.2.66", "", ""), query, good}
	})
	m := r.Resolve(t.Context(), "a.test", mdns.TypeA, false)
	if got := essence(m); got != "NOERROR ra\n  answer:\n    a.test. A 192.0.2.1" {
		t.Errorf("got %s", got)
	}
}

// TestPoison lets a server speak of names that are not its own.
func TestPoison(t *testing.T) {
	t.Parallel()
	r, _ := lied(t, func(to string, q *mdns.Msg) [][]byte {
		switch {
		case strings.HasPrefix(to, "203.0.113.1:") && strings.HasSuffix(q.Question[0].Name, "evil.test."):
			return [][]byte{saying(t, q, "", "evil.test. 60 IN NS ns.evil.test.", "ns.evil.test. 60 IN A 203.0.113.66")}
		case strings.HasPrefix(to, "203.0.113.1:"):
			return [][]byte{saying(t, q, q.Question[0].Name+" 60 IN A 192.0.2.1", "", "")}
		default: // the server of evil.test
			return [][]byte{saying(t, q, "a.evil.test. 60 IN A 192.0.2.2\nbank.test. 60 IN A 192.0.2.66", "", "bank.test. 60 IN A 192.0.2.66")}
		}
	})
	r.Resolve(t.Context(), "a.evil.test", mdns.TypeA, false)
	if got := essence(r.Resolve(t.Context(), "bank.test", mdns.TypeA, false)); strings.Contains(got, "66") {
		t.Errorf("believed a stranger: %s", got)
	}
}

// TestEndlessWork lets servers refer, alias and delegate without an end.
func TestEndlessWork(t *testing.T) {
	t.Parallel()
	for name, say := range map[string]func(to string, q *mdns.Msg) [][]byte{
		"to the same zone": func(_ string, q *mdns.Msg) [][]byte {
			return [][]byte{saying(t, q, "", "test. 60 IN NS ns.test.", "ns.test. 60 IN A 203.0.113.2")}
		},
		"upwards": func(_ string, q *mdns.Msg) [][]byte {
			return [][]byte{saying(t, q, "", ". 60 IN NS root.", "root. 60 IN A 203.0.113.1")}
		},
		"aliases": func(_ string, q *mdns.Msg) [][]byte {
			name := q.Question[0].Name
			return [][]byte{saying(t, q, name+" 60 IN CNAME x"+name, "", "")}
		},
		"servers without addresses": func(_ string, q *mdns.Msg) [][]byte {
			var ns strings.Builder
			for i := range 20 {
				ns.WriteString(q.Question[0].Name + " 60 IN NS " + strings.Repeat("n", i+1) + ".of." + q.Question[0].Name + "\n")
			}
			return [][]byte{saying(t, q, "", ns.String(), "")}
		},
		"always cut": func(_ string, q *mdns.Msg) [][]byte {
			m := new(mdns.Msg).SetReply(q)
			m.Truncated = true
			b, _ := m.Pack()
			return [][]byte{b}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, asked := lied(t, say)
			m := r.Resolve(t.Context(), "a.b.c.d.test", mdns.TypeA, false)
			if m.Rcode != mdns.RcodeServerFailure || asked() > 50 {
				t.Errorf("%s after %d queries", essence(m), asked())
			}
		})
	}
}

// TestCacheExpires lets time pass.
func TestCacheExpires(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	now := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	clock := func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		return now
	}
	asked := 0
	dial := func(context.Context, string, string) (net.Conn, error) {
		return &liar{say: func(q *mdns.Msg) [][]byte {
			asked++
			if strings.HasPrefix(q.Question[0].Name, "no") {
				m := new(mdns.Msg).SetRcode(q, mdns.RcodeNameError)
				m.Authoritative, m.Ns = true, records(t, ". 300 IN SOA a. b. 1 2 3 4 30")
				m.Ns[0].Header().Ttl = 30
				b, _ := m.Pack()
				return [][]byte{b}
			}
			return [][]byte{saying(t, q, "a.test. 60 IN A 192.0.2.1", "", "")}
		}}, nil
	}
	r, stop := dns.NewTestResolver(dial, nil, clock)
	defer stop()
	for _, step := range []struct {
		name  string
		after time.Duration
		asked int
		ttl   uint32
	}{
		{"a.test", 0, 1, 60},
		{"A.TEST", 20 * time.Second, 1, 40},
		{"a.test", 39 * time.Second, 1, 1},
		{"a.test", time.Second, 2, 60},
		{"no.test", 0, 3, 30},
		{"no.test", 29 * time.Second, 3, 1},
		{"no.test", time.Second, 4, 30},
	} {
		mu.Lock()
		now = now.Add(step.after)
		mu.Unlock()
		m := r.Resolve(t.Context(), step.name, mdns.TypeA, false)
		rrs := slices.Concat(m.Answer, m.Ns)
		if asked != step.asked || len(rrs) != 1 || rrs[0].Header().Ttl != step.ttl {
			t.Errorf("%s: asked %d times, %v", step.name, asked, rrs)
		}
	}
	if all := r.Cache(); len(all) != 2 || all[0].Name != "a.test." && all[1].Denial != "NXDOMAIN" {
		t.Errorf("cache is %+v", all)
	}
}

// FuzzResolve lets servers say anything.
func FuzzResolve(f *testing.F) {
	q, _ := question("MX a.test")
	f.Add(saying(f, q, "a.test. 60 IN MX 10 b.test.", "", "")[12:], uint16(0x8400))
	f.Add(saying(f, q, "", "test. 60 IN NS ns.test.", "ns.test. 60 IN A 192.0.2.1")[12:], uint16(0x8000))
	f.Fuzz(func(t *testing.T, body []byte, flags uint16) {
		r, asked := lied(t, func(_ string, q *mdns.Msg) [][]byte {
			b := []byte{byte(q.Id >> 8), byte(q.Id), byte(flags >> 8), byte(flags), 0, 1, 0, 1, 0, 1, 0, 1}
			return [][]byte{append(b, body...)}
		})
		for range 2 {
			r.Resolve(t.Context(), "a.test", mdns.TypeMX, false)
		}
		if n := asked(); n > 100 {
			t.Errorf("asked %d times", n)
		}
		r.Cache()
	})
}

// TestFlood sends 10,000 queries without waiting, to every server.
func TestFlood(t *testing.T) {
	t.Parallel()
	r := start(t)
	for _, server := range []string{"resolver.kampus.test", "ns1.sekolah.test"} {
		conn, err := r.net.DialUDP(t.Context(), laptop, server+":53")
		if err != nil {
			t.Fatal(err)
		}
		for i := range 10_000 {
			q, _ := question(fmt.Sprintf("A host%d.sekolah.test", i%500))
			b, _ := q.Pack()
			if i%3 == 0 {
				b = b[:i%len(b)]
			}
			_, _ = conn.Write(b)
		}
		_ = conn.Close()
		q, _ := question("MX sekolah.test +edns")
		m := r.ask("tcp", server, q)
		for m.Rcode == mdns.RcodeServerFailure && t.Context().Err() == nil {
			m = r.ask("tcp", server, q) // while it has more to do than it takes
		}
		if len(m.Answer) != 2 {
			t.Errorf("%s after the flood: %s", server, essence(m))
		}
	}
}
