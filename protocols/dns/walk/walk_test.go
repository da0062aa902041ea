package walk_test

import (
	"fmt"
	"strings"
	"testing"

	"surel/protocols/dns"
	"surel/protocols/dns/walk"
)

const resolver = "resolver.kampus.test"

// between makes a message that went between a client and a server. An answer
// has records such as "answer: sekolah.test. MX 10 mx1.sekolah.test.".
func between(client, server, question, rcode string, records ...string) walk.Exchange {
	e := walk.Exchange{Client: client, Server: server}
	e.Type, e.Name, _ = strings.Cut(question, " ")
	e.Rcode, e.Response = rcode, rcode != ""
	for _, r := range records {
		words := strings.SplitN(r, " ", 4)
		record := dns.Record{Owner: words[1], Type: words[2], Data: words[3]}
		if words[0] == "answer:" {
			e.Authoritative = true
			e.Answer = append(e.Answer, record)
		} else {
			e.Authority = append(e.Authority, record)
		}
	}
	return e
}

var search = []walk.Exchange{
	between("mail", resolver, "MX sekolah.test.", ""),
	between(resolver, "a.root-servers.test", "MX sekolah.test.", ""),
	between(resolver, "a.root-servers.test", "MX sekolah.test.", "NOERROR", "authority: test. NS ns.nic.test."),
	between(resolver, "ns.nic.test", "MX sekolah.test.", ""),
	between(resolver, "ns.nic.test", "MX sekolah.test.", "NOERROR",
		"authority: sekolah.test. NS ns1.sekolah.test.", "authority: sekolah.test. NS ns2.sekolah.test.", "authority: other. NS evil."),
	between(resolver, "ns2.sekolah.test", "MX sekolah.test.", ""),
	between(resolver, "ns2.sekolah.test", "MX sekolah.test.", "NOERROR", "answer: sekolah.test. MX 10 mx1.sekolah.test."),
	between("mail", resolver, "MX sekolah.test.", "NOERROR", "answer: sekolah.test. MX 10 mx1.sekolah.test."),
	between("mail", resolver, "A mx1.sekolah.test.", "NOERROR", "answer: mx1.sekolah.test. A 198.51.100.25"),
	between("mail", resolver, "AAAA mx1.sekolah.test.", "NOERROR"),
}

func dump(z *walk.Zone, indent string) string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s%s %v asked=%v answered=%v here=%v\n", indent, z.Name, z.Servers, z.Asked, z.Answered, z.Here)
	for _, c := range z.Below {
		text.WriteString(dump(c, indent+" "))
	}
	return text.String()
}

func TestZones(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{
		0: ". [] asked=false answered=false here=false\n",
		2: ". [] asked=true answered=false here=true\n",
		3: ". [] asked=true answered=false here=true\n test. [ns.nic.test.] asked=false answered=false here=false\n",
		6: ". [] asked=true answered=false here=false\n test. [ns.nic.test.] asked=true answered=false here=false\n" +
			"  sekolah.test. [ns1.sekolah.test. ns2.sekolah.test.] asked=true answered=false here=true\n",
		7: ". [] asked=true answered=false here=false\n test. [ns.nic.test.] asked=true answered=false here=false\n" +
			"  sekolah.test. [ns1.sekolah.test. ns2.sekolah.test.] asked=true answered=true here=true\n",
	} {
		if got := dump(walk.Zones(search[:n], resolver), ""); got != want {
			t.Errorf("after %d messages:\n%swant\n%s", n, got, want)
		}
	}
}

func TestRoute(t *testing.T) {
	t.Parallel()
	if walk.Route(nil, resolver) != nil {
		t.Error("a route without a question")
	}
	if l := walk.Route(search[:3], resolver); len(l.Steps()) != 0 {
		t.Errorf("steps before an answer: %v", l.Steps())
	}
	l := walk.Route(search, resolver)
	if r := l.Result(); len(r.Targets) != 1 || r.Targets[0].Addr.String() != "198.51.100.25" || len(l.Steps()) != 3 {
		t.Errorf("result is %+v after %v", r, l.Steps())
	}
}
