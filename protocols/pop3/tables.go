package pop3

import (
	_ "embed" // the tables are compiled in
	"strings"

	"surel/protocols/machine"
)

//go:embed tables/verbs.tsv
var verbsTable string

//go:embed registry/capabilities.tsv
var capabilitiesTable string

//go:embed registry/response-codes.tsv
var responseCodesTable string

// Verbs are the commands that a client can type.
var Verbs = readVerbs(verbsTable)

// capabilityNotes are the keys of the notes on the capabilities, by their
// keyword.
var capabilityNotes = readNotes(capabilitiesTable, "capability/")

// announcedBy gives the capability by which a server announces a command;
// nothing for those that every server has.
var announcedBy = readAnnounced(capabilitiesTable)

// responseCodeNotes are the keys of the notes on the response codes.
var responseCodeNotes = readNotes(responseCodesTable, "response-code/")

// rows cuts a table into its fields. Lines that begin with # are comments.
func rows(table string) [][]string {
	var all [][]string
	for row := range strings.Lines(table) {
		if row = strings.TrimSuffix(row, "\n"); row != "" && row[0] != '#' {
			all = append(all, strings.Split(row, "\t"))
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
		verbs = append(verbs, machine.Verb{
			Name: row[0], Syntax: row[1], Note: "command/" + row[0], States: list(row[2]), Example: row[3],
		})
	}
	return verbs
}

func readNotes(table, prefix string) map[string]string {
	all := map[string]string{}
	for _, row := range rows(table) {
		all[row[0]] = prefix + row[0]
	}
	return all
}

func readAnnounced(table string) map[verb]string {
	all := map[verb]string{}
	for _, row := range rows(table) {
		for _, name := range list(row[1]) {
			all[verbsByName[name]] = row[0]
		}
	}
	return all
}
