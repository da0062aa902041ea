package tls

import (
	_ "embed" // the registries are compiled in
	"fmt"
	"strconv"

	"surel/protocols/table"
)

var (
	//go:embed registry/suites.tsv
	suitesTable string
	//go:embed registry/groups.tsv
	groupsTable string
	//go:embed registry/signatures.tsv
	signaturesTable string
	//go:embed registry/extensions.tsv
	extensionsTable string
	//go:embed registry/alerts.tsv
	alertsTable string
	//go:embed registry/handshakes.tsv
	handshakesTable string
)

// The registries of IANA.
var (
	suites     = newRegistry("suite", 4, suitesTable)
	groups     = newRegistry("group", 4, groupsTable)
	signatures = newRegistry("signature", 4, signaturesTable)
	extensions = newRegistry("extension", 0, extensionsTable)
	alerts     = newRegistry("alert", 0, alertsTable)
	handshakes = newRegistry("hs", 0, handshakesTable)
)

// registry names the numbers of one registry.
type registry struct {
	key     string
	digits  int // of its numbers in hexadecimal; 0: they are decimal
	entries map[uint16]entry
}

// entry is a number's name and the key of its note, which several share.
type entry struct{ name, note string }

func newRegistry(key string, digits int, rows string) *registry {
	r := &registry{key: key, digits: digits, entries: map[uint16]entry{}}
	for _, row := range table.Rows(rows) {
		n, err := strconv.ParseUint(row[0], 0, 16)
		if err != nil {
			panic(err) // the tables are compiled in, and a test reads them
		}
		r.entries[uint16(n)] = entry{row[1], key + "/" + row[2]}
	}
	return r
}

// of gives the entry of a number.
func (r *registry) of(n uint16) entry {
	if e, ok := r.entries[n]; ok {
		return e
	}
	if r.digits > 0 && grease(n) || r == extensions && grease(n) {
		return entry{"GREASE", "grease"}
	}
	return entry{"unknown", r.key + "/unknown"}
}

// shown gives a number's name and the number.
func (r *registry) shown(n uint16) string {
	if r.digits == 0 {
		return fmt.Sprintf("%s (%d)", r.of(n).name, n)
	}
	return fmt.Sprintf("%s (0x%0*x)", r.of(n).name, r.digits, n)
}

// grease tells whether a number is one of those that mean nothing and are sent
// so that nobody forgets to pass over what is unknown (RFC 8701 §2).
func grease(n uint16) bool { return n&0x0f0f == 0x0a0a && n>>8 == n&0xff }

// versions are the protocol versions by number (RFC 8446 §4.1.2 and those
// before it).
var versions = map[uint16]string{
	0x0002: "SSL 2.0", 0x0300: "SSL 3.0", 0x0301: "TLS 1.0", 0x0302: "TLS 1.1", 0x0303: "TLS 1.2", 0x0304: "TLS 1.3",
}

// The versions that are told apart.
const (
	version10 = 0x0301
	version12 = 0x0303
	version13 = 0x0304
)

// versionShown gives a version's name and its number.
func versionShown(v uint16) string {
	name, known := versions[v]
	switch {
	case grease(v):
		name = "GREASE"
	case !known && v>>8 == 0x7f:
		name = fmt.Sprintf("TLS 1.3 draft %d", v&0xff)
	case !known:
		name = "unknown"
	}
	return fmt.Sprintf("%s (0x%04x)", name, v)
}
