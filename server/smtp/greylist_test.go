package smtp

import (
	"net/netip"
	"strconv"
	"testing"
	"time"
)

func TestGreylistIsBounded(t *testing.T) {
	t.Parallel()
	g := NewGreylist(time.Hour, "tunda@sekolah.test")
	client := netip.MustParseAddr("192.0.2.10")
	for i := range 2 * maxTriplets {
		if g.Pass(client, strconv.Itoa(i), "tunda@sekolah.test") {
			t.Fatal("a first attempt passed")
		}
	}
	if len(g.first) != maxTriplets || len(g.order) != maxTriplets {
		t.Errorf("remembers %d and %d triplets, want %d", len(g.first), len(g.order), maxTriplets)
	}
}

func TestNoGreylist(t *testing.T) {
	t.Parallel()
	var none *Greylist
	if !none.Pass(netip.Addr{}, "", "tunda@sekolah.test") ||
		!NewGreylist(time.Hour, "tunda@sekolah.test").Pass(netip.Addr{}, "", "guru@sekolah.test") {
		t.Error("a mailbox without a greylist turns letters away")
	}
}
