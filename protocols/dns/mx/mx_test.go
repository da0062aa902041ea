package mx_test

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"strings"
	"testing"

	"surel/protocols/dns/mx"
	"surel/protocols/note"
)

// names is a DNS of a test: "NAME TYPE" to what is answered. What it lacks
// does not exist.
type names map[string]mx.Answer

func exchanges(all ...mx.Exchange) mx.Answer { return mx.Answer{Exchanges: all} }

func addrs(all ...string) mx.Answer {
	var a mx.Answer
	for _, s := range all {
		a.Addrs = append(a.Addrs, netip.MustParseAddr(s))
	}
	return a
}

func via(a mx.Answer, aliases ...string) mx.Answer {
	a.Aliases = aliases
	return a
}

var (
	nothing = mx.Answer{}
	failed  = mx.Answer{Status: mx.Failed}
)

func (n names) search(domain string, o mx.Options) *mx.Lookup {
	l := mx.New(domain, o)
	for q, ok := l.Ask(); ok; q, ok = l.Ask() {
		a, known := n[q.Name+" "+string(q.Type)]
		if !known {
			a = mx.Answer{Status: mx.NoName}
		}
		l.Tell(a)
	}
	return l
}

func story(l *mx.Lookup) string {
	var b strings.Builder
	for _, s := range l.Steps() {
		fmt.Fprintf(&b, "%s: %s\n", strings.TrimPrefix(s.Note, "mx/"), s.Text)
	}
	r := l.Result()
	fmt.Fprintf(&b, "= %d %s", r.Outcome, r.Status)
	for _, t := range r.Targets {
		fmt.Fprintf(&b, " %d/%s/%s", t.Preference, t.Host, t.Addr)
	}
	return b.String()
}

func TestLookup(t *testing.T) {
	t.Parallel()
	two := exchanges(mx.Exchange{Preference: 20, Host: "mx2.b."}, mx.Exchange{Preference: 10, Host: "mx1.b."})
	hosts := names{
		"mx1.b A": addrs("192.0.2.1"), "mx1.b AAAA": addrs("2001:db8::1"),
		"mx2.b A": addrs("192.0.2.2"), "mx2.b AAAA": nothing,
	}
	with := func(more names) names {
		all := names{}
		for _, n := range []names{hosts, more} {
			for k, v := range n {
				all[k] = v
			}
		}
		return all
	}
	cases := []struct {
		name, domain string
		dns          names
		self         string
		want         string
	}{
		{"two preferences", "b.", with(names{"b MX": two}), "", `
exchange: MX 10 mx1.b
exchange: MX 20 mx2.b
address: mx1.b is at 192.0.2.1
address: mx1.b is at 2001:db8::1
address: mx2.b is at 192.0.2.2
list: 3 addresses to try, from first to last
= 0  10/mx1.b/192.0.2.1 10/mx1.b/2001:db8::1 20/mx2.b/192.0.2.2`},
		{"no MX", "mx1.b", with(names{"mx1.b MX": nothing}), "", `
implicit: mx1.b has no MX record: it is its own mail server, with preference 0
address: mx1.b is at 192.0.2.1
address: mx1.b is at 2001:db8::1
list: 2 addresses to try, from first to last
= 0  0/mx1.b/192.0.2.1 0/mx1.b/2001:db8::1`},
		{"no MX, no address", "b", names{"b MX": nothing, "b A": nothing, "b AAAA": nothing}, "", `
implicit: b has no MX record: it is its own mail server, with preference 0
host-empty: b has no address: it is passed over
no-address: no server of b has an address
= 1 5.4.4`},
		{"null MX", "b", names{"b MX": exchanges(mx.Exchange{Host: "."})}, "", `
null: b takes no mail: its only MX record names the root
= 1 5.1.10`},
		{"null MX beside another", "b", with(names{"b MX": exchanges(mx.Exchange{Host: "."}, mx.Exchange{Preference: 5, Host: "mx2.b"})}), "", `
null-beside: an MX record that names the root is passed over, because there are others
exchange: MX 5 mx2.b
address: mx2.b is at 192.0.2.2
list: 1 addresses to try, from first to last
= 0  5/mx2.b/192.0.2.2`},
		{"an address", "[IPv6:2001:db8::25]", nil, "", `
literal: [IPv6:2001:db8::25] is an address itself: there is nothing to look up
= 0  0/[IPv6:2001:db8::25]/2001:db8::25`},
		{"no such domain", "b", names{}, "", `
no-name: b does not exist
= 1 5.1.2`},
		{"silence", "b", names{"b MX": failed}, "", `
failed: the DNS gives no answer about b now
= 2 4.4.3`},
		{"alias", "a", with(names{"a MX": via(two, "b.")}), "", `
alias: a is an alias of b
exchange: MX 10 mx1.b
exchange: MX 20 mx2.b
address: mx1.b is at 192.0.2.1
address: mx1.b is at 2001:db8::1
address: mx2.b is at 192.0.2.2
list: 3 addresses to try, from first to last
= 0  10/mx1.b/192.0.2.1 10/mx1.b/2001:db8::1 20/mx2.b/192.0.2.2`},
		{"aliases in a circle", "a", names{"a MX": via(nothing, "c", "A.")}, "", `
alias: a is an alias of c
alias-loop: the aliases of c lead in a circle
= 2 4.4.3`},
		{"this host is second", "b", with(names{"b MX": two}), "MX2.b", `
exchange: MX 10 mx1.b
exchange: MX 20 mx2.b
self: mx2.b is this host itself: only servers below preference 20 are tried
address: mx1.b is at 192.0.2.1
address: mx1.b is at 2001:db8::1
list: 2 addresses to try, from first to last
= 0  10/mx1.b/192.0.2.1 10/mx1.b/2001:db8::1`},
		{"this host is best", "b", with(names{"b MX": two}), "mx1.b", `
exchange: MX 10 mx1.b
exchange: MX 20 mx2.b
self: mx1.b is this host itself: only servers below preference 10 are tried
self-best: this host is the best server of b, yet the letter is not for it
= 1 5.4.6`},
		{"a missing host and an alias", "b", names{
			"b MX": two, "mx2.b A": via(addrs("192.0.2.9"), "real.b."), "mx2.b AAAA": via(nothing, "real.b."),
		}, "", `
exchange: MX 10 mx1.b
exchange: MX 20 mx2.b
host-missing: mx1.b does not exist: it is passed over
host-alias: mx2.b is an alias of real.b, which an MX record must not name
address: mx2.b is at 192.0.2.9
list: 1 addresses to try, from first to last
= 0  20/mx2.b/192.0.2.9`},
		{"no host can be asked for", "b", names{
			"b MX": exchanges(mx.Exchange{Host: "mx1.b"}), "mx1.b A": failed, "mx1.b AAAA": failed,
		}, "", `
exchange: MX 0 mx1.b
host-failed: the DNS gives no answer about mx1.b now
host-failed: the DNS gives no answer about mx1.b now
no-address-now: no address of b can be found now
= 2 4.4.3`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := story(c.dns.search(c.domain, mx.Options{Self: []string{c.self}}))
			if want := strings.TrimPrefix(c.want, "\n"); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// TestEqualPreferences lets every server come first, and none before a better.
func TestEqualPreferences(t *testing.T) {
	t.Parallel()
	all := []mx.Exchange{{Preference: 10, Host: "a"}, {Preference: 10, Host: "b"}, {Preference: 10, Host: "c"}, {Preference: 5, Host: "best"}}
	dns := names{"x MX": exchanges(all...)}
	for _, e := range all {
		dns[e.Host+" A"], dns[e.Host+" AAAA"] = addrs("192.0.2.1"), nothing
	}
	random := rand.New(rand.NewPCG(1, 2))
	second := map[string]int{}
	for range 300 {
		l := dns.search("x", mx.Options{Shuffle: random.Shuffle})
		targets := l.Result().Targets
		if len(targets) != 4 || targets[0].Host != "best" {
			t.Fatalf("targets are %v", targets)
		}
		second[targets[1].Host]++
	}
	for _, e := range all[:3] {
		if second[e.Host] < 60 {
			t.Errorf("%s came first %d times of 300", e.Host, second[e.Host])
		}
	}
}

// TestSteps holds that each step has its note, and each sentence its Indonesian.
func TestSteps(t *testing.T) {
	t.Parallel()
	notes := note.Load(mx.Notes())
	if err := notes.Check(); err != nil {
		t.Fatal(err)
	}
	dns := names{
		"many MX": exchanges(), "x MX": exchanges(mx.Exchange{Host: "h1"}, mx.Exchange{Host: "h2"}, mx.Exchange{Host: "."}),
		"h1 A": addrs("192.0.2.1"), "h1 AAAA": failed, "h2 A": nothing, "h2 AAAA": nothing,
	}
	var many []mx.Exchange
	for i := range 40 {
		many = append(many, mx.Exchange{Preference: uint16(i), Host: fmt.Sprint("n", i)})
	}
	dns["many MX"] = exchanges(many...)
	for _, domain := range []string{"x", "many", "nowhere"} {
		for _, s := range dns.search(domain, mx.Options{}).Steps() {
			if !notes.Has(s.Note) {
				t.Errorf("no note %s", s.Note)
			}
			if !strings.HasPrefix(s.Text, "MX ") && notes.Phrase(s.Text, note.ID) == s.Text {
				t.Errorf("no Indonesian for %q", s.Text)
			}
		}
	}
}

func FuzzLookup(f *testing.F) {
	f.Add([]byte{0, 2, 10, 1, 20, 2, 1, 1}, "b.")
	f.Fuzz(func(t *testing.T, choices []byte, domain string) {
		l := mx.New(domain, mx.Options{Self: []string{"a"}})
		next := func() int {
			if len(choices) == 0 {
				return 0
			}
			c := choices[0]
			choices = choices[1:]
			return int(c)
		}
		asked := 0
		for q, ok := l.Ask(); ok; q, ok = l.Ask() {
			if asked++; asked > 40 {
				t.Fatalf("still asks for %v", q)
			}
			a := mx.Answer{Status: mx.Status(next() % 3)}
			for range next() % 4 {
				a.Aliases = append(a.Aliases, string(rune('a'+next()%3)))
			}
			for range next() {
				a.Exchanges = append(a.Exchanges, mx.Exchange{Preference: uint16(next()), Host: string(rune('.' + next()%60))})
				a.Addrs = append(a.Addrs, netip.AddrFrom4([4]byte{192, 0, 2, byte(next())}))
			}
			l.Tell(a)
		}
		r := l.Result()
		if (r.Outcome == mx.Deliver) != (len(r.Targets) > 0) || (r.Outcome == mx.Deliver) != (r.Status == "") || len(r.Targets) > 64 {
			t.Errorf("result is %+v", r)
		}
		for i := 1; i < len(r.Targets); i++ {
			if r.Targets[i].Preference < r.Targets[i-1].Preference {
				t.Errorf("targets are out of order: %v", r.Targets)
			}
		}
	})
}
