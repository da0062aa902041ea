package smtp

import (
	"net/netip"
	"slices"
	"sync"
	"time"
)

// maxTriplets bounds what a greylist remembers; beyond it the oldest go.
const maxTriplets = 10_000

// Greylist turns away the first attempt of every stranger: a real mail server
// tries again, a spammer's program often does not (RFC 6647). It is safe for
// concurrent use; a nil one lets everybody pass.
type Greylist struct {
	delay     time.Duration
	addresses map[string]bool

	mu    sync.Mutex
	first map[triplet]time.Time
	order []triplet
}

// triplet is what a greylist recognises an attempt by (RFC 6647 §2.3).
type triplet struct {
	client   netip.Addr
	from, to string
}

// NewGreylist delays letters to the given addresses.
func NewGreylist(delay time.Duration, addresses ...string) *Greylist {
	g := &Greylist{delay: delay, addresses: map[string]bool{}, first: map[triplet]time.Time{}}
	for _, a := range addresses {
		g.addresses[a] = true
	}
	return g
}

// Pass tells whether an attempt is to be let through: it is where the same one
// was made before, at least the delay ago. A server in the world would then
// know the sender for weeks; this one forgets it, so that the lesson can be
// played again.
func (g *Greylist) Pass(client netip.Addr, from, to string) bool {
	if g == nil || !g.addresses[to] {
		return true
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	t, now := triplet{client, from, to}, time.Now()
	if since, ok := g.first[t]; ok {
		if now.Sub(since) < g.delay {
			return false
		}
		delete(g.first, t)
		g.order = slices.DeleteFunc(g.order, func(known triplet) bool { return known == t })
		return true
	}
	if len(g.order) >= maxTriplets {
		delete(g.first, g.order[0])
		g.order = g.order[1:]
	}
	g.first[t] = now
	g.order = append(g.order, t)
	return false
}
