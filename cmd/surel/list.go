package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"surel/lessons"
	"surel/tui/text"
)

// listed is a line of `surel list --json`.
type listed struct {
	ID       string `json:"id"`
	Kind     string `json:"kind"`               // "scenario" or "lesson"
	Protocol string `json:"protocol,omitempty"` // of a scenario
	Title    string `json:"title"`
}

func newList(env environment, words *text.Labels) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: words.Get("cmd.list.short"),
		Args:  arguments(words, 0, 0),
		RunE: func(*cobra.Command, []string) error {
			items := []listed{}
			for _, s := range lessons.Scenarios() {
				items = append(items, listed{ID: s.ID, Kind: "scenario", Protocol: s.Protocol(), Title: s.Title.In(words.Lang())})
			}
			for _, l := range lessons.Lessons() {
				items = append(items, listed{ID: l.ID, Kind: "lesson", Title: l.Title.In(words.Lang())})
			}
			if asJSON {
				return unexpected(writeJSON(env.stdout, items, "  "))
			}
			w := tabwriter.NewWriter(env.stdout, 0, 0, 2, ' ', 0)
			for _, item := range items {
				if _, err := fmt.Fprintf(w, "%s\t%s\n", item.ID, item.Title); err != nil {
					return unexpected(err)
				}
			}
			return unexpected(w.Flush())
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, words.Get("cmd.flag.json"))
	return cmd
}
