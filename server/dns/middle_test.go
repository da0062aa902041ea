package dns_test

import (
	"context"
	"errors"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	mdns "github.com/miekg/dns"

	"surel/server/dns"
)

// middle is a resolver of the lab between which and the servers somebody sits
// who can change every response. It validates.
func (r *running) middle(change func(server string, m *mdns.Msg)) *dns.Resolver {
	r.tb.Helper()
	dial := func(_ context.Context, _, to string) (net.Conn, error) {
		server, _, _ := net.SplitHostPort(to)
		return &liar{say: func(q *mdns.Msg) [][]byte {
			m := r.ask("tcp", server, q)
			change(server, m)
			b, err := m.Pack()
			if err != nil {
				r.tb.Errorf("pack: %v", err)
			}
			return [][]byte{b}
		}}, nil
	}
	resolver, stop := dns.NewTestResolver(dial, dns.RootKey(r.System), time.Now)
	r.tb.Cleanup(stop)
	return resolver
}

const (
	ofTest    = "203.0.113.2" // serves test.
	ofKampus  = "203.0.113.3"
	ofSekolah = "203.0.113.4"
)

// said gives what a server says to a question with +dnssec.
func (r *running) said(text, server string) *mdns.Msg {
	r.tb.Helper()
	q, network := question(text + " +dnssec")
	return r.ask(network, server, q)
}

// TestForgeriesAreBogus lets the one in the middle use what the zones have truly
// signed for something else.
func TestForgeriesAreBogus(t *testing.T) {
	t.Parallel()
	r := start(t)
	// A name after sekolah.test, so that the denial brings its NSEC record.
	delegation := r.said("A sekolah-lain.test", "ns.nic.test").Ns
	wildcard := r.said("A x.tamu.kampus.test", "ns1.kampus.test").Answer
	renamed := r.said("NSEC x.tamu.kampus.test", "ns1.kampus.test").Answer
	soa := r.said("AAAA laptop.kampus.test", "ns1.kampus.test").Ns[:2]

	for name, forgery := range map[string]struct {
		question, server string
		change           func(m *mdns.Msg)
	}{
		"the delegation denies the domain's records": {"MX sekolah.test", ofTest, func(m *mdns.Msg) {
			m.Authoritative, m.Ns, m.Extra = true, delegation, nil
		}},
		"the delegation denies names below": {"A mx1.sekolah.test", ofTest, func(m *mdns.Msg) {
			m.Authoritative, m.Rcode, m.Ns, m.Extra = true, mdns.RcodeNameError, delegation, nil
		}},
		"a wildcard without proof that the name is missing": {"A mail.tamu.kampus.test", ofKampus, func(m *mdns.Msg) {
			m.Answer = named("mail.tamu.kampus.test.", wildcard)
			m.Ns = nil
		}},
		"a wildcard's denial for another name": {"TXT y.tamu.kampus.test", ofKampus, func(m *mdns.Msg) {
			m.Answer, m.Ns = nil, append(slices.Clone(soa), named("y.tamu.kampus.test.", renamed)...)
		}},
		"signatures without records": {"MX sekolah.test", ofSekolah, func(m *mdns.Msg) {
			m.Answer = m.Answer[2:]
		}},
		"records without signatures": {"MX sekolah.test", ofSekolah, func(m *mdns.Msg) {
			m.Answer = m.Answer[:2]
		}},
		"another server's records": {"MX sekolah.test", ofSekolah, func(m *mdns.Msg) {
			m.Answer[0].(*mdns.MX).Mx = "mail.kampus.test."
		}},
		"nothing, without proof": {"MX sekolah.test", ofSekolah, func(m *mdns.Msg) {
			m.Answer, m.Ns = nil, nil
		}},
		"no DS, without proof": {"MX sekolah.test", ofTest, func(m *mdns.Msg) {
			m.Ns = slices.DeleteFunc(m.Ns, func(rr mdns.RR) bool { return rr.Header().Rrtype != mdns.TypeNS })
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rtype, asked, _ := strings.Cut(forgery.question, " ")
			resolver := r.middle(func(server string, m *mdns.Msg) {
				q := m.Question[0]
				if server == forgery.server && q.Name == mdns.Fqdn(asked) && mdns.TypeToString[q.Qtype] == rtype {
					forgery.change(m)
				}
			})
			m := resolver.Resolve(t.Context(), asked, mdns.StringToType[rtype], false)
			if m.Rcode != mdns.RcodeServerFailure {
				t.Errorf("believed %s", essence(m))
			}
		})
	}
}

// named gives copies of records another name.
func named(name string, records []mdns.RR) []mdns.RR {
	out := make([]mdns.RR, len(records))
	for i, rr := range records {
		out[i] = mdns.Copy(rr)
		out[i].Header().Name = name
	}
	return out
}

// TestMiddleHearsAll shows that without a change the same walks succeed.
func TestMiddleHearsAll(t *testing.T) {
	t.Parallel()
	r := start(t)
	resolver := r.middle(func(string, *mdns.Msg) {})
	for _, text := range []string{"MX sekolah.test", "A mx1.sekolah.test", "A mail.tamu.kampus.test", "TXT y.tamu.kampus.test"} {
		rtype, name, _ := strings.Cut(text, " ")
		m := resolver.Resolve(t.Context(), name, mdns.StringToType[rtype], false)
		if m.Rcode != mdns.RcodeSuccess || !m.AuthenticatedData {
			t.Errorf("%s: %s", text, essence(m))
		}
	}
}

// What is still being asked when the resolver forgets all is not kept.
func TestFlushForgetsWhatIsStillAsked(t *testing.T) {
	t.Parallel()
	var r *dns.Resolver
	flush := true
	dial := func(context.Context, string, string) (net.Conn, error) {
		if flush {
			r.Flush()
		}
		return nil, errors.New("nobody is there")
	}
	r, stop := dns.NewTestResolver(dial, nil, time.Now)
	t.Cleanup(stop)
	for _, flush = range []bool{true, false} {
		r.Resolve(t.Context(), "sekolah.test.", mdns.TypeMX, false)
		if got, want := len(r.Cache()), 1; flush && got != 0 || !flush && got != want {
			t.Errorf("flushed meanwhile %v: %d are kept", flush, got)
		}
	}
}
