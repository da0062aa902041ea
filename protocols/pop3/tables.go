package pop3

import (
	_ "embed" // the tables are compiled in

	"surel/protocols/machine"
	"surel/protocols/table"
)

//go:embed tables/verbs.tsv
var verbsTable string

//go:embed registry/capabilities.tsv
var capabilitiesTable string

//go:embed registry/response-codes.tsv
var responseCodesTable string

// Verbs are the commands that a client can type.
var Verbs = machine.ReadVerbs(verbsTable)

// capabilityNotes are the keys of the notes on the capabilities, by their
// keyword.
var capabilityNotes = table.Keys(capabilitiesTable, "capability/")

// announcedBy gives the capability by which a server announces a command;
// nothing for those that every server has.
var announcedBy = readAnnounced(capabilitiesTable)

// responseCodeNotes are the keys of the notes on the response codes.
var responseCodeNotes = table.Keys(responseCodesTable, "response-code/")

func readAnnounced(text string) map[verb]string {
	all := map[verb]string{}
	for _, row := range table.Rows(text) {
		for _, name := range table.List(row[1]) {
			all[verbsByName[name]] = row[0]
		}
	}
	return all
}
