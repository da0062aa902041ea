package server

import (
	"net/netip"
	"strings"
	"time"

	"surel/server/mailbox"
	"surel/server/vnet"
)

// The hosts of the lab.
const (
	Laptop = "laptop.kampus.test" // the sender's mail client
	Kampus = "mail.kampus.test"   // kampus.test: submission, relay, incoming mail
	MX1    = "mx1.sekolah.test"   // sekolah.test: incoming mail
	MX2    = "mx2.sekolah.test"   // sekolah.test: incoming mail where MX1 is away
	HP     = "hp.sekolah.test"    // the reader's mail client
)

const (
	kampusDomain  = "kampus.test"
	sekolahDomain = "sekolah.test"
)

func hosts() []vnet.Host {
	return []vnet.Host{
		{Name: Laptop, Addr: netip.AddrFrom4([4]byte{192, 0, 2, 10})},
		{Name: Wifi, Addr: netip.AddrFrom4([4]byte{192, 0, 2, 66})},
		{Name: Kampus, Addr: netip.AddrFrom4([4]byte{192, 0, 2, 25}), Addr6: netip.MustParseAddr("2001:db8:1::25")},
		{Name: MX1, Addr: netip.AddrFrom4([4]byte{198, 51, 100, 25}), Addr6: netip.MustParseAddr("2001:db8:2::25")},
		{Name: MX2, Addr: netip.AddrFrom4([4]byte{198, 51, 100, 26}), Addr6: netip.MustParseAddr("2001:db8:2::26")},
		{Name: HP, Addr: netip.AddrFrom4([4]byte{198, 51, 100, 10})},
	}
}

// The mailboxes of the lab.
const (
	Student   = "siswa@kampus.test"
	Teacher   = "guru@sekolah.test"
	Full      = "penuh@sekolah.test" // always over its quota: 452 4.2.2
	Greylists = "tunda@sekolah.test" // turns every first attempt away: 451 4.7.1
)

// fullQuota is so small that the letter which fills it is small too.
const fullQuota = 2 << 10

// founded is when the addresses of the lab were given to their owners.
var founded = time.Date(2026, time.July, 1, 0, 0, 0, 0, time.UTC)

// accounts gives the people of the lab. Their passwords ("rahasia" is "secret")
// are no secret: students type them and read them off the wire.
func accounts() []mailbox.Account {
	return []mailbox.Account{
		{Address: Student, Password: "rahasia", Since: founded},
		{Address: Teacher, Password: "rahasia2", Since: founded},
		{Address: Full, Password: "rahasia3", Since: founded, Quota: fullQuota, Prepare: fill},
		{Address: Greylists, Password: "rahasia4", Since: founded},
		// RFC 5321 §4.5.1: every domain has one.
		{Address: "postmaster@" + kampusDomain, Since: founded},
		{Address: "postmaster@" + sekolahDomain, Since: founded},
	}
}

// keeps gives the function that tells whether a domain's letters are kept by
// the servers of an organisation.
func keeps(organisation string) func(string) bool {
	return func(domain string) bool { return strings.EqualFold(domain, organisation) }
}
