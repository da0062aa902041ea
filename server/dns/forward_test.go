package dns_test

import (
	"net"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	mdns "github.com/miekg/dns"

	"surel/server/dns"
)

// outside is a resolver of somebody else, on a port of this machine, that
// answers as it is told to. It gives its address and counts the questions.
func outside(t *testing.T, say func(q mdns.Question, tcp bool) *mdns.Msg) (netip.AddrPort, *atomic.Int32) {
	t.Helper()
	udp, tcp := pair(t)
	at := udp.LocalAddr().(*net.UDPAddr).AddrPort()
	asked := new(atomic.Int32)
	handler := mdns.HandlerFunc(func(w mdns.ResponseWriter, q *mdns.Msg) {
		asked.Add(1)
		_, stream := w.RemoteAddr().(*net.TCPAddr)
		if m := say(q.Question[0], stream); m != nil {
			answer := m.Copy()
			answer.SetRcode(q, m.Rcode)
			answer.Truncated = m.Truncated
			_ = w.WriteMsg(answer)
		}
	})
	for _, s := range []*mdns.Server{{PacketConn: udp, Handler: handler}, {Listener: tcp, Handler: handler}} {
		started, ended := make(chan struct{}), make(chan struct{})
		s.NotifyStartedFunc = func() { close(started) }
		go func() {
			defer close(ended)
			_ = s.ActivateAndServe()
		}()
		<-started
		t.Cleanup(func() {
			_ = s.Shutdown()
			<-ended
		})
	}
	return at, asked
}

// pair opens a port for UDP and TCP alike.
func pair(t *testing.T) (*net.UDPConn, *net.TCPListener) {
	t.Helper()
	for {
		udp, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
		if err != nil {
			t.Fatal(err)
		}
		tcp, err := net.ListenTCP("tcp", net.TCPAddrFromAddrPort(udp.LocalAddr().(*net.UDPAddr).AddrPort()))
		if err == nil {
			return udp, tcp
		}
		_ = udp.Close() // somebody has the TCP port
	}
}

// lines gives the records of a message as lines.
func lines(records []mdns.RR) string {
	var all []string
	for _, rr := range records {
		all = append(all, strings.ReplaceAll(rr.String(), "\t", " "))
	}
	return strings.Join(all, "\n")
}

// TestOutside asks for names that the lab does not hold, with and without leave
// to ask somebody else.
func TestOutside(t *testing.T) {
	t.Parallel()
	r := start(t)
	at, asked := outside(t, func(q mdns.Question, tcp bool) *mdns.Msg {
		m := new(mdns.Msg)
		switch q.Name {
		case "contoh.example.":
			m.Answer = records(t, "contoh.example. 300 IN MX 5 mx.contoh.example.")
			m.Truncated = !tcp
		case "alias.example.":
			m.Answer = records(t, "alias.example. 300 IN CNAME mx.contoh.example.\nmx.contoh.example. 300 IN A 192.0.2.77")
		case "mx.contoh.example.":
			m.Answer = records(t, "mx.contoh.example. 300 IN A 192.0.2.77")
		case "sakit.example.":
			m.Rcode = mdns.RcodeServerFailure
		default:
			m.Rcode = mdns.RcodeNameError
			m.Ns = records(t, "example. 300 IN SOA a.example. b.example. 1 2 3 4 60")
		}
		return m
	})

	ask := func(text string) *mdns.Msg {
		q, network := question(text)
		return r.ask(network, dns.ResolverHost, q)
	}
	if m := ask("MX contoh.example"); m.Rcode != mdns.RcodeNameError || asked.Load() != 0 {
		t.Errorf("without leave it says %s and %d questions have left the lab", mdns.RcodeToString[m.Rcode], asked.Load())
	}

	r.Resolver().SetOutside(at)
	if got := r.Resolver().Outside(); got != at {
		t.Errorf("Outside is %v", got)
	}
	for text, want := range map[string]string{
		"MX contoh.example": "contoh.example. 300 IN MX 5 mx.contoh.example.",
		"A alias.example":   "alias.example. 300 IN CNAME mx.contoh.example.\nmx.contoh.example. 300 IN A 192.0.2.77",
		"MX null-mx.test":   "null-mx.test. 3600 IN MX 0 .",
	} {
		if m := ask(text); lines(m.Answer) != want || m.AuthenticatedData && strings.Contains(text, "example") {
			t.Errorf("%s: ad is %v, and the answer\n%s", text, m.AuthenticatedData, lines(m.Answer))
		}
	}
	before := asked.Load()
	if m := ask("MX contoh.example"); len(m.Answer) != 1 || asked.Load() != before {
		t.Errorf("the second time it asks again: %v", m)
	}
	if m := ask("MX tiada.example"); m.Rcode != mdns.RcodeNameError || len(m.Ns) != 1 {
		t.Errorf("a name that does not exist: %v", m)
	}
	if m := ask("MX sakit.example +dnssec"); m.Rcode != mdns.RcodeServerFailure || !strings.Contains(m.String(), at.String()+" says SERVFAIL") {
		t.Errorf("a failure outside: %v", m)
	}
	logged := 0
	for _, c := range r.log.Conns() {
		if c.Server.Real == at {
			logged++
			if len(r.log.Segments(c.ID, 0)) == 0 || c.Client.Host != dns.ResolverHost {
				t.Errorf("the log tells of %+v", c)
			}
		}
	}
	if logged != int(asked.Load()) {
		t.Errorf("%d questions have left the lab, and the log tells of %d", asked.Load(), logged)
	}

	r.Resolver().SetOutside(netip.AddrPort{})
	before = asked.Load()
	if m := ask("MX contoh.example"); m.Rcode != mdns.RcodeNameError || asked.Load() != before {
		t.Errorf("after it was ended it says %v", m)
	}
}

// TestOutsideIsNotThere lets a resolver be asked that does not listen.
func TestOutsideIsNotThere(t *testing.T) {
	t.Parallel()
	r := start(t, func(c *dns.Config) { c.OutsideTime = 50 * time.Millisecond })
	at, _ := outside(t, func(mdns.Question, bool) *mdns.Msg { return nil })
	for to, want := range map[netip.AddrPort]string{
		at:                                     "does not answer",
		netip.MustParseAddrPort("127.0.0.1:1"): "", // what it is called depends on the system
	} {
		r.Resolver().SetOutside(to)
		q, network := question("MX contoh.example +dnssec")
		m := r.ask(network, dns.ResolverHost, q)
		if m.Rcode != mdns.RcodeServerFailure || !strings.Contains(m.String(), want) || !strings.Contains(m.String(), to.String()) {
			t.Errorf("%v: %v", to, m)
		}
	}
}

func TestParseResolver(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"192.0.2.1": "192.0.2.1:53", "192.0.2.1:5353": "192.0.2.1:5353", "2001:db8::1": "[2001:db8::1]:53",
		"[2001:db8::1]:54": "[2001:db8::1]:54", "dns.example": "", "": "", "192.0.2.1:0": "", "192.0.2.1:99999": "",
	} {
		got, err := dns.ParseResolver(text)
		if (err != nil) != (want == "") || err == nil && got.String() != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

func TestSystemResolver(t *testing.T) {
	t.Parallel()
	if at, err := dns.SystemResolver(t.Context()); err != nil || at.Port() == 0 {
		t.Errorf("%v, %v", at, err)
	}
}
