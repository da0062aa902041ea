package table_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"surel/protocols/table"
)

func TestTable(t *testing.T) {
	t.Parallel()
	const text = "# name, states\n\nMAIL\tready,sent\nNOOP\t\n"
	want := [][]string{{"MAIL", "ready,sent"}, {"NOOP", ""}}
	rows := table.Rows(text)
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Fatal(diff)
	}
	if diff := cmp.Diff([]string{"ready", "sent"}, table.List(rows[0][1])); diff != "" {
		t.Error(diff)
	}
	if got := table.List(rows[1][1]); got != nil {
		t.Errorf("an empty cell holds %q", got)
	}
	if diff := cmp.Diff(map[string]string{"MAIL": "command/MAIL", "NOOP": "command/NOOP"}, table.Keys(text, "command/")); diff != "" {
		t.Error(diff)
	}
}
