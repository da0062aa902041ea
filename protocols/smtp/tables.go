package smtp

import (
	_ "embed" // the tables are compiled in

	"surel/protocols/machine"
	"surel/protocols/table"
)

//go:embed tables/verbs.tsv
var verbsTable string

//go:embed tables/params.tsv
var paramsTable string

//go:embed registry/keywords.tsv
var keywordsTable string

// Verbs are the commands that a client can type.
var Verbs = func() []machine.Verb {
	all := machine.ReadVerbs(verbsTable)
	for i := range all {
		v, _ := verbOf([]byte(all[i].Name))
		all[i].Obsolete = v.obsolete()
	}
	return all
}()

// params are the parameters of MAIL and RCPT, by their keyword.
var params = readParams(paramsTable)

// keywords are the keywords that an EHLO reply can announce, each with the
// key of its note.
var keywords = table.Keys(keywordsTable, "keyword/")

// param is a parameter of MAIL or RCPT.
type param struct {
	keyword string
	note    string
	verb    verb
	// offers are the EHLO keywords of which one must have been announced.
	offers []string
	// value names the form of its value, a key of valueForms.
	value string
}

func readParams(text string) map[string]param {
	all := map[string]param{}
	for _, row := range table.Rows(text) {
		all[row[0]] = param{
			keyword: row[0], note: "param/" + row[0], verb: knownVerb(row[1]), offers: table.List(row[2]), value: row[3],
		}
	}
	return all
}
