package dns

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/miekg/dns"
)

// Bounds of the cache.
const (
	maxCached   = 10_000
	maxTTL      = 24 * time.Hour
	maxDenial   = time.Hour // RFC 2308 §5 asks for one to three hours at most
	failureTime = 2 * time.Second
)

// Entry is what a cache remembers about one question.
type Entry struct {
	Name, Type string
	// Values are the records' data as a zone file writes them; none where the
	// entry says that there are none.
	Values []string
	// Denial is "NXDOMAIN" or "NODATA" where there are none.
	Denial string
	// Left is how long it is still kept.
	Left time.Duration
	// Secure tells that its signatures fit, Bogus that they do not.
	Secure, Bogus bool
}

// cache keeps results until their time to live has passed (RFC 1034 §4.3.5,
// RFC 2308 §5). It is safe for concurrent use.
type cache struct {
	now func() time.Time

	mu      sync.RWMutex
	results map[setKey]cached
}

type cached struct {
	result
	since, until time.Time
}

func newCache(now func() time.Time) *cache {
	return &cache{now: now, results: map[setKey]cached{}}
}

// get gives a result whose records' TTLs have run down; nil where there is none.
func (c *cache) get(name string, rtype uint16) *result {
	now := c.now()
	c.mu.RLock()
	kept, ok := c.results[setKey{name, rtype}]
	if !ok {
		if kept, ok = c.results[setKey{name, dns.TypeCNAME}]; ok && len(kept.answer) == 0 {
			ok = false // that there is no alias says nothing of other types
		}
	}
	c.mu.RUnlock()
	if !ok || !now.Before(kept.until) {
		return nil
	}
	a := kept.result
	age := uint32(now.Sub(kept.since) / time.Second)
	a.answer, a.authority = aged(a.answer, age), aged(a.authority, age)
	return &a
}

func aged(records []dns.RR, age uint32) []dns.RR {
	if age == 0 {
		return slices.Clip(records)
	}
	out := make([]dns.RR, len(records))
	for i, rr := range records {
		out[i] = dns.Copy(rr)
		h := out[i].Header()
		h.Ttl -= min(age, h.Ttl)
	}
	return out
}

// put keeps a result as long as the shortest TTL in it allows.
func (c *cache) put(name string, rtype uint16, a *result) {
	now := c.now()
	life := lifetime(a)
	if life <= 0 {
		return
	}
	if len(a.answer) > 0 && rtype != dns.TypeCNAME && aliasOf(a.answer, name) != "" {
		rtype = dns.TypeCNAME
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.results) >= maxCached {
		c.makeRoom(now)
	}
	c.results[setKey{name, rtype}] = cached{*a, now, now.Add(life)}
}

func lifetime(a *result) time.Duration {
	if a.failed() || a.security == bogus {
		return failureTime
	}
	records, most := a.answer, maxTTL
	if len(records) == 0 {
		records, most = a.authority, maxDenial
	}
	if len(records) == 0 {
		return 0
	}
	ttl := slices.MinFunc(records, func(x, y dns.RR) int { return cmp.Compare(x.Header().Ttl, y.Header().Ttl) }).Header().Ttl
	return min(time.Duration(ttl)*time.Second, most)
}

// makeRoom drops what has expired, and an eighth of the rest where that is not
// enough.
func (c *cache) makeRoom(now time.Time) {
	for k, kept := range c.results {
		if !now.Before(kept.until) {
			delete(c.results, k)
		}
	}
	for k := range c.results {
		if len(c.results) <= maxCached*7/8 {
			break
		}
		delete(c.results, k)
	}
}

func (c *cache) list() []Entry {
	now := c.now()
	c.mu.RLock()
	defer c.mu.RUnlock()
	var all []Entry
	for k, kept := range c.results {
		if now.Before(kept.until) {
			all = append(all, kept.entry(k, now))
		}
	}
	return all
}

func (c cached) entry(k setKey, now time.Time) Entry {
	e := Entry{
		Name: k.name, Type: dns.TypeToString[k.rtype], Left: c.until.Sub(now),
		Secure: c.security == secure, Bogus: c.security == bogus,
	}
	for _, rr := range c.answer {
		if rr.Header().Rrtype != dns.TypeRRSIG {
			e.Values = append(e.Values, strings.TrimPrefix(rr.String(), rr.Header().String()))
		}
	}
	switch {
	case len(e.Values) > 0:
	case c.failed():
		e.Denial = "SERVFAIL"
	case c.rcode == dns.RcodeNameError:
		e.Denial = "NXDOMAIN"
	default:
		e.Denial = "NODATA"
	}
	return e
}
