package imap

import (
	_ "embed" // the tables are compiled in
	"strings"

	"surel/protocols/machine"
)

//go:embed tables/verbs.tsv
var verbsTable string

//go:embed tables/responses.tsv
var responsesTable string

//go:embed tables/codes.tsv
var codesTable string

//go:embed tables/search.tsv
var searchTable string

//go:embed tables/fetch.tsv
var fetchTable string

//go:embed tables/status.tsv
var statusTable string

//go:embed tables/flags.tsv
var flagsTable string

//go:embed tables/capabilities.tsv
var capabilitiesTable string

var (
	verbs      = readVerbs(verbsTable)
	responses  = readResponses(responsesTable)
	codes      = readEntries(codesTable, "code/")
	searchKeys = readEntries(searchTable, "search/")
	items      = readEntries(fetchTable, "fetch/")
	statuses   = readEntries(statusTable, "status/")
	flags      = readFlags(flagsTable)
	caps       = readEntries(capabilitiesTable, "capability/")
)

// Verbs are the commands that a client can type, without the tag that stands
// before each of them.
var Verbs = func() []machine.Verb {
	var all []machine.Verb
	for _, row := range rows(verbsTable) {
		all = append(all, machine.Verb{
			Name: row[0], Syntax: row[4], Note: verbs[row[0]].note, States: list(row[1]), Example: row[5],
			Follow: followOf(row),
		})
	}
	return all
}()

// followOf gives the lines that follow an example, which bars separate.
func followOf(row []string) []string {
	if len(row) <= 6 {
		return nil
	}
	return strings.Split(row[6], "|")
}

// verb is a command that the decoder knows.
type verb struct {
	name   string
	note   string
	states []string
	offers []string // capabilities of which one must have been announced
	forms  []form   // of its arguments
}

// response is an untagged response with data.
type response struct {
	name  string
	note  string
	forms []form
	verbs []string // the commands whose data it can be
}

// numbered tells whether a number stands before the response's name.
func (r *response) numbered() bool {
	switch r.name {
	case "EXISTS", "RECENT", "EXPUNGE", "FETCH":
		return true
	}
	return false
}

// entry is a line of a table of names with the forms of what follows them.
type entry struct {
	name  string
	note  string
	forms []form
}

// form names the form of an argument, and how often it may occur.
type form struct {
	name     string
	optional bool
	repeated bool
}

// rows cuts a table into its fields. Lines that begin with # are comments.
func rows(table string) [][]string {
	var all [][]string
	for text := range strings.Lines(table) {
		if text = strings.TrimSuffix(text, "\n"); text != "" && text[0] != '#' {
			all = append(all, strings.Split(text, "\t"))
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

func readForms(cell string) []form {
	var forms []form
	for word := range strings.FieldsSeq(cell) {
		f := form{name: strings.TrimRight(word, "?*+")}
		switch word[len(f.name):] {
		case "?":
			f.optional = true
		case "*":
			f.optional, f.repeated = true, true
		case "+":
			f.repeated = true
		}
		forms = append(forms, f)
	}
	return forms
}

func readVerbs(table string) map[string]*verb {
	all := map[string]*verb{}
	for _, row := range rows(table) {
		all[row[0]] = &verb{
			name: row[0], note: "command/" + strings.ReplaceAll(row[0], " ", "/"),
			states: list(row[1]), offers: list(row[2]), forms: readForms(row[3]),
		}
	}
	return all
}

func readResponses(table string) map[string]*response {
	all := map[string]*response{}
	for _, row := range rows(table) {
		all[row[0]] = &response{name: row[0], note: "response/" + row[0], forms: readForms(row[1]), verbs: list(row[2])}
	}
	return all
}

func readEntries(table, prefix string) map[string]entry {
	all := map[string]entry{}
	for _, row := range rows(table) {
		e := entry{name: row[0], note: prefix + row[0]}
		if len(row) > 1 {
			e.forms = readForms(row[1])
		}
		all[row[0]] = e
	}
	return all
}

// readFlags gives the keys of the notes on flags and mailbox attributes, by
// their names in capitals.
func readFlags(table string) map[string]string {
	all := map[string]string{}
	for _, row := range rows(table) {
		all[strings.ToUpper(row[0])] = row[1]
	}
	return all
}
