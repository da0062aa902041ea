package dns

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/miekg/dns"
)

// zones holds a zone file (RFC 1035 §5) for each zone, named after it, and
// beside it a file NAME.forged where answers are changed on the way.
//
//go:embed zones
var zones embed.FS

// setKey names an RRset: an owner name in lower case, and a type.
type setKey struct {
	name  string
	rtype uint16
}

// zone is what a name server knows of one zone (RFC 1034 §4.2).
type zone struct {
	origin string
	sets   map[setKey][]dns.RR
	names  map[string][]uint16 // the types at each name; none at an empty non-terminal
	order  []string            // the names that NSEC records link, in canonical order
	forged map[setKey][]dns.RR
	signer *signer // nil where the zone is not signed
}

// readZone reads the file of a zone and what is to stand in it besides.
func readZone(origin string, more []dns.RR) (*zone, error) {
	file := path.Join("zones", strings.TrimSuffix(origin, "."))
	if origin == "." {
		file = "zones/root"
	}
	text, err := fs.ReadFile(zones, file+".zone")
	if err != nil {
		return nil, fmt.Errorf("read zone %s: %w", origin, err)
	}
	z := &zone{origin: origin, sets: map[setKey][]dns.RR{}, names: map[string][]uint16{}, forged: map[setKey][]dns.RR{}}
	records, err := parseZone(text, origin)
	if err != nil {
		return nil, fmt.Errorf("read zone %s: %w", origin, err)
	}
	for _, rr := range append(records, more...) {
		z.add(rr)
	}
	text, err = fs.ReadFile(zones, file+".forged")
	if errors.Is(err, fs.ErrNotExist) {
		return z, nil
	}
	if err == nil {
		records, err = parseZone(text, origin)
	}
	if err != nil {
		return nil, fmt.Errorf("read forgeries of %s: %w", origin, err)
	}
	for _, rr := range records {
		k := keyOf(rr)
		z.forged[k] = append(z.forged[k], rr)
	}
	return z, nil
}

func parseZone(text []byte, origin string) ([]dns.RR, error) {
	p := dns.NewZoneParser(bytes.NewReader(text), origin, "")
	var records []dns.RR
	for rr, ok := p.Next(); ok; rr, ok = p.Next() {
		records = append(records, rr)
	}
	return records, p.Err()
}

func keyOf(rr dns.RR) setKey {
	return setKey{strings.ToLower(rr.Header().Name), rr.Header().Rrtype}
}

// add puts a record into the zone, and its name and all above it into names.
func (z *zone) add(rr dns.RR) {
	k := keyOf(rr)
	if z.sets[k] == nil {
		z.names[k.name] = append(z.names[k.name], k.rtype)
	}
	z.sets[k] = append(z.sets[k], rr)
	for name := k.name; name != z.origin && name != "."; {
		name = parent(name)
		if _, known := z.names[name]; !known {
			z.names[name] = nil
		}
	}
}

// parent gives the name above: "test." for "kampus.test.".
func parent(name string) string {
	i, end := dns.NextLabel(name, 0)
	if end {
		return "."
	}
	return name[i:]
}

// cut gives the highest delegation point between the zone's apex and the name,
// the name itself included; false where the name is the zone's own.
func (z *zone) cut(name string) (string, bool) {
	found, ok := "", false
	for ; name != z.origin; name = parent(name) {
		if z.sets[setKey{name, dns.TypeNS}] != nil {
			found, ok = name, true
		}
	}
	return found, ok
}

// link puts the names that have records of the zone's own into canonical order
// (RFC 4034 §6.1).
func (z *zone) link() {
	for name, types := range z.names {
		if cut, below := z.cut(name); len(types) > 0 && (!below || cut == name) {
			z.order = append(z.order, name)
		}
	}
	slices.SortFunc(z.order, compareNames)
}

// compareNames orders names by their labels from the last to the first
// (RFC 4034 §6.1).
func compareNames(a, b string) int {
	x, y := dns.SplitDomainName(a), dns.SplitDomainName(b)
	slices.Reverse(x)
	slices.Reverse(y)
	return slices.Compare(x, y)
}
