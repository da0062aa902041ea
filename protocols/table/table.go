// Package table reads the tables of commands, parameters and registries that
// the protocols embed: a row a line, its cells set apart by tabs. Start with
// Rows.
package table

import "strings"

// Rows cuts a table into its cells. Empty lines and those that begin with #
// are left out.
func Rows(table string) [][]string {
	var all [][]string
	for row := range strings.Lines(table) {
		if row = strings.TrimSuffix(row, "\n"); row != "" && row[0] != '#' {
			all = append(all, strings.Split(row, "\t"))
		}
	}
	return all
}

// List gives the words of a cell, which commas separate; none for an empty
// one.
func List(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, ",")
}

// Keys gives for the first cell of each row the key of its note, which is the
// cell behind the prefix.
func Keys(table, prefix string) map[string]string {
	all := map[string]string{}
	for _, row := range Rows(table) {
		all[row[0]] = prefix + row[0]
	}
	return all
}
