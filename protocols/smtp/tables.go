package smtp

import (
	_ "embed" // the tables are compiled in
	"strings"

	"surel/protocols/machine"
)

//go:embed tables/verbs.tsv
var verbsTable string

//go:embed tables/params.tsv
var paramsTable string

//go:embed registry/keywords.tsv
var keywordsTable string

// Verbs are the commands that a client can type.
var Verbs = readVerbs(verbsTable)

// params are the parameters of MAIL and RCPT, by their keyword.
var params = readParams(paramsTable)

// keywords are the keywords that an EHLO reply can announce, each with the
// key of its note.
var keywords = readKeywords(keywordsTable)

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

// rows cuts a table into its fields. Lines that begin with # are comments.
func rows(table string) [][]string {
	var all [][]string
	for line := range strings.Lines(table) {
		if line = strings.TrimSuffix(line, "\n"); line != "" && line[0] != '#' {
			all = append(all, strings.Split(line, "\t"))
		}
	}
	return all
}

func list(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, ",")
}

func readVerbs(table string) []machine.Verb {
	var verbs []machine.Verb
	for _, row := range rows(table) {
		word, _, _ := strings.Cut(row[0], " ")
		verbs = append(verbs, machine.Verb{
			Name: row[0], Syntax: row[1], Note: "command/" + word, States: list(row[2]), Example: row[3],
		})
	}
	return verbs
}

func readParams(table string) map[string]param {
	all := map[string]param{}
	for _, row := range rows(table) {
		all[row[0]] = param{
			keyword: row[0], note: "param/" + row[0], verb: knownVerb(row[1]), offers: list(row[2]), value: row[3],
		}
	}
	return all
}

func readKeywords(table string) map[string]string {
	all := map[string]string{}
	for _, row := range rows(table) {
		all[row[0]] = "keyword/" + row[0]
	}
	return all
}
