package dns

import (
	_ "embed" // the registries are compiled in
	"maps"
	"slices"
	"strconv"
	"strings"

	"surel/protocols/machine"
	"surel/protocols/table"
)

var (
	//go:embed registry/types.tsv
	typesTable string
	//go:embed registry/classes.tsv
	classesTable string
	//go:embed registry/opcodes.tsv
	opcodesTable string
	//go:embed registry/rcodes.tsv
	rcodesTable string
	//go:embed registry/options.tsv
	optionsTable string
	//go:embed registry/extended-errors.tsv
	extendedErrorsTable string
	//go:embed registry/algorithms.tsv
	algorithmsTable string
	//go:embed registry/digests.tsv
	digestsTable string
	//go:embed registry/svcparams.tsv
	svcParamsTable string
	//go:embed registry/tlsa.tsv
	tlsaTable string
	//go:embed tables/verbs.tsv
	verbsTable string
)

// Verbs are the types that a person asks for, in the place of commands.
var Verbs = readVerbs(verbsTable)

func readVerbs(text string) []machine.Verb {
	verbs := machine.ReadVerbs(text)
	for i := range verbs {
		verbs[i].Note = types.key + "/" + verbs[i].Name
	}
	return verbs
}

// registry names the numbers of one IANA registry. The key of an entry's note
// is the registry's own and the name.
type registry struct {
	key     string
	entries []entry // by their numbers, up to dense
	sparse  map[uint16]entry
	unknown entry
}

// entry is a number of a registry: its name, the name with the number as it is
// shown, and the key of its note.
type entry struct{ name, shown, note string }

var (
	types          = newRegistry("type", typesTable)
	classes        = newRegistry("class", classesTable)
	opcodes        = newRegistry("opcode", opcodesTable)
	rcodes         = newRegistry("rcode", rcodesTable)
	options        = newRegistry("option", optionsTable)
	extendedErrors = newRegistry("extended-error", extendedErrorsTable)
	algorithms     = newRegistry("algorithm", algorithmsTable)
	digests        = newRegistry("digest", digestsTable)
	svcParams      = newRegistry("svcparam", svcParamsTable)
	tlsaUsages     = newRegistry("tlsa/usage", tlsaOf("usage"))
	tlsaSelectors  = newRegistry("tlsa/selector", tlsaOf("selector"))
	tlsaMatchings  = newRegistry("tlsa/matching", tlsaOf("matching"))
)

// tlsaOf gives the rows of one part of TLSA records.
func tlsaOf(part string) string {
	var rows strings.Builder
	for line := range strings.Lines(tlsaTable) {
		if row, ok := strings.CutPrefix(line, part+"\t"); ok {
			rows.WriteString(row)
		}
	}
	return rows.String()
}

// newRegistry reads a table of numbers and names.
func newRegistry(key, rows string) *registry {
	r := &registry{key: key, entries: make([]entry, dense), sparse: map[uint16]entry{}, unknown: entry{note: key + "/unknown"}}
	for _, row := range table.Rows(rows) {
		n, err := strconv.ParseUint(row[0], 10, 16)
		if err != nil {
			panic(err) // the tables are compiled in, and a test reads them
		}
		name := row[1]
		e := entry{name, name + " (" + row[0] + ")", key + "/" + noteName(name)}
		if n < dense {
			r.entries[n] = e
		} else {
			r.sparse[uint16(n)] = e
		}
	}
	return r
}

// dense is the number below which entries stand in an array.
const dense = 272

// all gives every entry.
func (r *registry) all() []entry {
	all := slices.Collect(maps.Values(r.sparse))
	for _, e := range r.entries {
		if e.name != "" {
			all = append(all, e)
		}
	}
	return all
}

// noteName makes of a name the last part of a note's key.
func noteName(name string) string {
	return strings.ReplaceAll(strings.ReplaceAll(name, " ", "-"), "/", "-")
}

// of gives the entry of a number. One that is not registered is named by prefix
// and number (RFC 3597 §5).
func (r *registry) of(n uint16, prefix string) *entry {
	if int(n) < len(r.entries) && r.entries[n].name != "" {
		return &r.entries[n]
	}
	if e, ok := r.sparse[n]; ok {
		return &e
	}
	e := r.unknown
	number := strconv.Itoa(int(n))
	e.name = prefix + number
	e.shown = e.name + " (" + number + ")"
	if prefix == "" {
		e.shown = number
	}
	return &e
}
