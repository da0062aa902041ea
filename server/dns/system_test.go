package dns_test

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	mdns "github.com/miekg/dns"
	"go.uber.org/goleak"

	"surel/protocols/wire"
	"surel/server/dns"
	"surel/server/vnet"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const laptop = "laptop.kampus.test"

// running is a name system and a host from which to ask it.
type running struct {
	*dns.System
	tb  testing.TB
	net *vnet.Net
	log *wire.Log
}

func start(tb testing.TB, options ...func(*dns.Config)) *running {
	tb.Helper()
	r := &running{tb: tb, log: wire.NewLog(wire.Limits{})}
	r.net = vnet.New(append(dns.Hosts(), vnet.Host{Name: laptop, Addr: netip.MustParseAddr("192.0.2.10")})...)
	c := dns.Config{
		Net: r.net, Log: r.log, Records: "_25._tcp.mail.kampus.test. 3600 IN TLSA 2 1 1 " + strings.Repeat("ab", 32),
	}
	for _, set := range options {
		set(&c)
	}
	var err error
	r.System, err = dns.Start(tb.Context(), c)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := r.Close(context.Background()); err != nil {
			tb.Errorf("close the name system: %v", err)
		}
	})
	return r
}

// ask sends a query from the laptop.
func (r *running) ask(network, server string, query *mdns.Msg) *mdns.Msg {
	r.tb.Helper()
	var conn net.Conn
	var err error
	if network == "udp" {
		conn, err = r.net.DialUDP(r.tb.Context(), laptop, server+":53")
	} else {
		conn, err = r.net.Dial(r.tb.Context(), laptop, server+":53")
	}
	if err != nil {
		r.tb.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	c := &mdns.Conn{Conn: conn, UDPSize: mdns.MaxMsgSize}
	if network == "udp" {
		c.Conn = dns.Datagrams(conn)
	}
	if err := c.WriteMsg(query); err != nil {
		r.tb.Fatal(err)
	}
	m, err := c.ReadMsg()
	if err != nil {
		r.tb.Fatalf("ask %s: %v", server, err)
	}
	return m
}

// question makes a query: "MX sekolah.test" with flags such as +dnssec, +tcp.
// Before the type may stand an opcode.
func question(text string) (query *mdns.Msg, network string) {
	words := strings.Fields(text)
	query, network = new(mdns.Msg), "udp"
	opcode, other := mdns.StringToOpcode[words[0]]
	if other {
		words = words[1:]
	}
	query.SetQuestion(mdns.Fqdn(words[1]), mdns.StringToType[words[0]])
	query.Opcode = opcode
	for _, w := range words[2:] {
		switch w {
		case "+dnssec":
			query.SetEdns0(1232, true)
		case "+edns":
			query.SetEdns0(1232, false)
		case "+tcp":
			network = "tcp"
		case "+cd":
			query.CheckingDisabled = true
		case "+norec":
			query.RecursionDesired = false
		}
	}
	return query, network
}

// essence gives what matters of a response in one line.
func essence(m *mdns.Msg) string {
	var b strings.Builder
	b.WriteString(mdns.RcodeToString[m.Rcode])
	for _, flag := range []struct {
		set  bool
		name string
	}{{m.Authoritative, "aa"}, {m.Truncated, "tc"}, {m.RecursionAvailable, "ra"}, {m.AuthenticatedData, "ad"}} {
		if flag.set {
			b.WriteString(" " + flag.name)
		}
	}
	for _, section := range []struct {
		name string
		rrs  []mdns.RR
	}{{"answer", m.Answer}, {"authority", m.Ns}, {"additional", m.Extra}} {
		if len(section.rrs) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n  %s:", section.name)
		for _, rr := range section.rrs {
			b.WriteString("\n    " + short(rr))
		}
	}
	return b.String()
}

// short gives a record without what differs from run to run.
func short(rr mdns.RR) string {
	switch rr := rr.(type) {
	case *mdns.RRSIG:
		return fmt.Sprintf("%s RRSIG %s by %s", rr.Hdr.Name, mdns.TypeToString[rr.TypeCovered], rr.SignerName)
	case *mdns.DS:
		return rr.Hdr.Name + " DS"
	case *mdns.DNSKEY:
		return rr.Hdr.Name + " DNSKEY"
	case *mdns.OPT:
		var text strings.Builder
		fmt.Fprint(&text, "OPT ", rr.UDPSize())
		for _, o := range rr.Option {
			if e, ok := o.(*mdns.EDNS0_EDE); ok {
				fmt.Fprintf(&text, " EDE %d %q", e.InfoCode, e.ExtraText)
			}
		}
		return text.String()
	}
	value := strings.TrimPrefix(rr.String(), rr.Header().String())
	if len(value) > 60 {
		value = value[:60] + "…"
	}
	return fmt.Sprintf("%s %s %s", rr.Header().Name, mdns.TypeToString[rr.Header().Rrtype], value)
}
