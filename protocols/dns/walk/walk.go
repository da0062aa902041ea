// Package walk follows a search through the name system: what its messages tell
// about the tree of zones, and where a letter must go by them. It is pure. Start
// with Zones and Route.
package walk

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"surel/protocols/dns"
	"surel/protocols/dns/mx"
)

// Exchange is one message of the search.
type Exchange struct {
	// Client and Server are the hosts between which it went.
	Client, Server string
	dns.Content
}

// Zone is a zone that the search has met.
type Zone struct {
	// Name is its name, "." for the root.
	Name string
	// Servers are the hosts that serve it, as far as they have been named.
	Servers []string
	// Asked tells that one of them has been asked, Answered that it gave an
	// answer of its own.
	Asked, Answered bool
	// Here tells that the last message of the search is between one of them and
	// who asks it.
	Here bool
	// Below are the zones to which it has referred.
	Below []*Zone
}

// Zones gives the root of the tree that the messages have shown so far. What is
// asked of the resolver is left out: it serves no zone.
func Zones(search []Exchange, resolver string) *Zone {
	root := &Zone{Name: "."}
	for i, e := range search {
		if e.Server == resolver {
			continue
		}
		at := root.serving(e.Server, e.Name)
		at.Asked = true
		at.Here = i == len(search)-1
		switch {
		case !e.Response:
		case e.Authoritative:
			at.Answered = true
		default:
			at.refer(e.Authority)
		}
	}
	return root
}

// serving gives the lowest zone above a name that a server is known to serve;
// the root, whose servers nobody has named, where there is none.
func (z *Zone) serving(server, name string) *Zone {
	found := z
	for _, child := range z.Below {
		if !under(name, child.Name) {
			continue
		}
		low := child.serving(server, name)
		if low != child || slices.ContainsFunc(child.Servers, func(s string) bool { return same(s, server) }) {
			found = low
		}
	}
	return found
}

// refer adds the zone below that a referral names.
func (z *Zone) refer(authority []dns.Record) {
	for _, r := range authority {
		if r.Type != "NS" || r.Owner == z.Name || !under(r.Owner, z.Name) {
			continue
		}
		i := slices.IndexFunc(z.Below, func(c *Zone) bool { return same(c.Name, r.Owner) })
		if i < 0 {
			i = len(z.Below)
			z.Below = append(z.Below, &Zone{Name: r.Owner})
		}
		if c := z.Below[i]; !slices.Contains(c.Servers, r.Data) {
			c.Servers = append(c.Servers, r.Data)
		}
	}
}

func same(a, b string) bool {
	return strings.EqualFold(strings.TrimSuffix(a, "."), strings.TrimSuffix(b, "."))
}

// under tells whether a name lies in a zone or is its top.
func under(name, zone string) bool {
	return zone == "." || same(name, zone) || strings.HasSuffix(strings.ToLower(name), "."+strings.ToLower(zone))
}

// Route gives the search for the mail servers of the domain that was asked for
// last, as far as the answers of the resolver tell; nil where nobody asked for
// MX.
func Route(search []Exchange, resolver string) *mx.Lookup {
	answers := map[mx.Question]mx.Answer{}
	domain := ""
	for _, e := range search {
		if e.Server != resolver {
			continue
		}
		if e.Type == string(mx.MX) {
			domain = e.Name
		}
		if e.Response && !e.Truncated {
			answers[key(e.Name, e.Type)] = answer(e.Content)
		}
	}
	if domain == "" {
		return nil
	}
	l := mx.New(domain, mx.Options{})
	for q, ok := l.Ask(); ok; q, ok = l.Ask() {
		a, known := answers[key(q.Name, string(q.Type))]
		if !known {
			break
		}
		l.Tell(a)
	}
	return l
}

func key(name, rtype string) mx.Question {
	return mx.Question{Name: strings.ToLower(strings.TrimSuffix(name, ".")), Type: mx.Type(rtype)}
}

func answer(c dns.Content) mx.Answer {
	var a mx.Answer
	switch c.Rcode {
	case "NOERROR":
	case "NXDOMAIN":
		a.Status = mx.NoName
	default:
		a.Status = mx.Failed
	}
	for _, r := range c.Answer {
		switch r.Type {
		case "CNAME":
			a.Aliases = append(a.Aliases, r.Data)
		case "MX":
			preference, host, _ := strings.Cut(r.Data, " ")
			n, _ := strconv.ParseUint(preference, 10, 16)
			a.Exchanges = append(a.Exchanges, mx.Exchange{Preference: uint16(n), Host: host})
		case "A", "AAAA":
			if addr, err := netip.ParseAddr(r.Data); err == nil {
				a.Addrs = append(a.Addrs, addr)
			}
		}
	}
	return a
}
