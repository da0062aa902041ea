package machine

import (
	"strings"

	"surel/protocols/table"
)

// ReadVerbs reads a table of commands: in each row the name, the syntax, the
// states that allow it and an example. The key of a command's note is made of
// the name's first word.
func ReadVerbs(text string) []Verb {
	var verbs []Verb
	for _, row := range table.Rows(text) {
		word, _, _ := strings.Cut(row[0], " ")
		verbs = append(verbs, Verb{
			Name: row[0], Syntax: row[1], Note: "command/" + word, States: table.List(row[2]), Example: row[3],
		})
	}
	return verbs
}
