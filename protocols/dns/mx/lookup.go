package mx

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

// Bounds of a search, whatever the DNS answers.
const (
	maxExchanges = 16
	maxAddrs     = 64
)

// Lookup is the search for the servers of one domain. It is not safe for
// concurrent use.
type Lookup struct {
	domain string
	opt    Options
	asks   []Question // what is still to be asked
	hosts  []Exchange // whose addresses are asked for, in the order of trying
	steps  []Step
	result Result
	failed bool // a host's address could not be asked for now
}

// New begins a search for a domain.
func New(domain string, o Options) *Lookup {
	domain = plain(domain)
	l := &Lookup{domain: domain, opt: o}
	if addr, ok := literal(domain); ok {
		l.step("literal", "%s is an address itself: there is nothing to look up", domain)
		l.result.Targets = []Target{{Host: domain, Addr: addr}}
		return l
	}
	l.asks = []Question{{domain, MX}}
	return l
}

// literal reads a domain that is an address in brackets (RFC 5321 §4.1.3).
func literal(domain string) (netip.Addr, bool) {
	inside, ok := strings.CutPrefix(domain, "[")
	inside, closed := strings.CutSuffix(inside, "]")
	if len(inside) > 5 && strings.EqualFold(inside[:5], "IPv6:") {
		inside = inside[5:]
	}
	addr, err := netip.ParseAddr(inside)
	return addr, ok && closed && err == nil
}

// plain gives a name as it is compared: without the root's dot.
func plain(name string) string {
	if name == "." {
		return name
	}
	return strings.TrimSuffix(name, ".")
}

// Ask gives the next question; false where the search has ended.
func (l *Lookup) Ask() (Question, bool) {
	if len(l.asks) == 0 {
		return Question{}, false
	}
	return l.asks[0], true
}

// Tell answers the question that Ask gives.
func (l *Lookup) Tell(a Answer) {
	q, ok := l.Ask()
	if !ok {
		return
	}
	l.asks = l.asks[1:]
	if q.Type == MX {
		l.exchanges(a)
	} else {
		l.addresses(q, a)
	}
	if len(l.asks) == 0 {
		l.finish()
	}
}

// Steps gives what was found and decided so far, in order.
func (l *Lookup) Steps() []Step { return l.steps }

// Result gives the end of the search, once Ask says that there is one.
func (l *Lookup) Result() Result { return l.result }

func (l *Lookup) step(key, format string, args ...any) Step {
	s := Step{Note: "mx/" + key, Text: fmt.Sprintf(format, args...)}
	l.steps = append(l.steps, s)
	return s
}

// stop ends the search without a target.
func (l *Lookup) stop(o Outcome, status string, why Step) {
	l.asks = nil
	l.result = Result{Outcome: o, Status: status, Why: why}
}

// exchanges takes the answer to the question for MX (RFC 5321 §5.1).
func (l *Lookup) exchanges(a Answer) {
	if !l.follow(a.Aliases) {
		return
	}
	switch {
	case a.Status == NoName:
		l.stop(Refuse, "5.1.2", l.step("no-name", "%s does not exist", l.domain))
	case a.Status == Failed:
		l.stop(Retry, "4.4.3", l.step("failed", "the DNS gives no answer about %s now", l.domain))
	case len(a.Exchanges) == 0:
		l.step("implicit", "%s has no MX record: it is its own mail server, with preference 0", l.domain)
		l.try([]Exchange{{Host: l.domain}})
	case isNull(a.Exchanges):
		l.stop(Refuse, "5.1.10", l.step("null", "%s takes no mail: its only MX record names the root", l.domain))
	default:
		l.rank(a.Exchanges)
	}
}

// follow goes along the domain's aliases and tells whether they have an end.
func (l *Lookup) follow(aliases []string) bool {
	seen := map[string]bool{strings.ToLower(l.domain): true}
	for _, to := range aliases {
		to = plain(to)
		if seen[strings.ToLower(to)] {
			l.stop(Retry, "4.4.3", l.step("alias-loop", "the aliases of %s lead in a circle", l.domain))
			return false
		}
		seen[strings.ToLower(to)] = true
		l.step("alias", "%s is an alias of %s", l.domain, to)
		l.domain = to
	}
	return true
}

// isNull tells whether the exchanges are a null MX (RFC 7505 §3).
func isNull(all []Exchange) bool { return len(all) == 1 && all[0].Host == "." }

// rank puts the exchanges into the order of trying.
func (l *Lookup) rank(all []Exchange) {
	var hosts []Exchange
	for _, e := range all {
		if e.Host == "." {
			l.step("null-beside", "an MX record that names the root is passed over, because there are others")
			continue
		}
		hosts = append(hosts, Exchange{e.Preference, plain(e.Host)})
	}
	l.shuffle(hosts)
	slices.SortStableFunc(hosts, func(a, b Exchange) int { return int(a.Preference) - int(b.Preference) })
	for _, e := range hosts {
		l.step("exchange", "MX %d %s", e.Preference, e.Host)
	}
	l.equals(hosts)
	hosts, looped := l.beforeSelf(hosts)
	if looped && len(hosts) == 0 {
		l.stop(Refuse, "5.4.6", l.step("self-best", "this host is the best server of %s, yet the letter is not for it", l.domain))
		return
	}
	if len(hosts) > maxExchanges {
		hosts = hosts[:maxExchanges]
		l.step("many", "only the first %d servers are tried", maxExchanges)
	}
	l.try(hosts)
}

func (l *Lookup) shuffle(hosts []Exchange) {
	if l.opt.Shuffle != nil {
		l.opt.Shuffle(len(hosts), func(i, j int) { hosts[i], hosts[j] = hosts[j], hosts[i] })
	}
}

// equals says which of the ordered exchanges share a preference.
func (l *Lookup) equals(hosts []Exchange) {
	for i := 0; i < len(hosts); {
		n := 1
		for i+n < len(hosts) && hosts[i+n].Preference == hosts[i].Preference {
			n++
		}
		if n > 1 {
			l.step("equal", "%d servers share preference %d: their order is drawn by lot", n, hosts[i].Preference)
		}
		i += n
	}
}

// beforeSelf cuts off the sending host and all that are no better, so that a
// letter cannot go in a circle (RFC 5321 §5.1).
func (l *Lookup) beforeSelf(hosts []Exchange) (before []Exchange, looped bool) {
	i := slices.IndexFunc(hosts, func(e Exchange) bool {
		return slices.ContainsFunc(l.opt.Self, func(self string) bool { return strings.EqualFold(plain(self), e.Host) })
	})
	if i < 0 {
		return hosts, false
	}
	limit := hosts[i].Preference
	l.step("self", "%s is this host itself: only servers below preference %d are tried", hosts[i].Host, limit)
	first := slices.IndexFunc(hosts, func(e Exchange) bool { return e.Preference >= limit })
	return hosts[:first], true
}

func (l *Lookup) try(hosts []Exchange) {
	for _, e := range hosts {
		if l.hosts = append(l.hosts, e); l.isNew(e.Host) {
			l.asks = append(l.asks, Question{e.Host, A}, Question{e.Host, AAAA})
		}
	}
}

// isNew tells whether only the last of the hosts has this name.
func (l *Lookup) isNew(host string) bool {
	return !slices.ContainsFunc(l.hosts[:len(l.hosts)-1], func(e Exchange) bool { return e.Host == host })
}

// addresses takes the answer to a question for the addresses of a host.
func (l *Lookup) addresses(q Question, a Answer) {
	switch a.Status {
	case Failed:
		l.failed = true
		l.step("host-failed", "the DNS gives no answer about %s now", q.Name)
		return
	case NoName:
		l.dropHost(q.Name)
		l.step("host-missing", "%s does not exist: it is passed over", q.Name)
		return
	case Found:
	}
	if n := len(a.Aliases); n > 0 && q.Type == A {
		l.step("host-alias", "%s is an alias of %s, which an MX record must not name", q.Name, plain(a.Aliases[n-1]))
	}
	preference := l.preference(q.Name)
	for _, addr := range a.Addrs {
		if len(l.result.Targets) == maxAddrs {
			return
		}
		l.result.Targets = append(l.result.Targets, Target{Host: q.Name, Addr: addr, Preference: preference})
		l.step("address", "%s is at %s", q.Name, addr)
	}
	if q.Type == AAAA && !l.hasTarget(q.Name) {
		l.step("host-empty", "%s has no address: it is passed over", q.Name)
	}
}

// dropHost leaves out what was still to be asked about a host.
func (l *Lookup) dropHost(host string) {
	l.asks = slices.DeleteFunc(l.asks, func(q Question) bool { return q.Name == host && q.Type == AAAA })
}

func (l *Lookup) preference(host string) uint16 {
	for _, e := range l.hosts {
		if e.Host == host {
			return e.Preference
		}
	}
	return 0
}

func (l *Lookup) hasTarget(host string) bool {
	return slices.ContainsFunc(l.result.Targets, func(t Target) bool { return t.Host == host })
}

// finish says what the list has come to.
func (l *Lookup) finish() {
	switch {
	case len(l.result.Targets) > 0:
		l.result.Outcome = Deliver
		l.step("list", "%d addresses to try, from first to last", len(l.result.Targets))
	case l.result.Status != "":
		// It was stopped with a reason.
	case l.failed:
		l.stop(Retry, "4.4.3", l.step("no-address-now", "no address of %s can be found now", l.domain))
	default:
		l.stop(Refuse, "5.4.4", l.step("no-address", "no server of %s has an address", l.domain))
	}
}
