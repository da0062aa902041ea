package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"surel/lessons"
	"surel/protocols"
	"surel/protocols/report"
	"surel/protocols/visible"
	"surel/protocols/wire"
	"surel/server"
	"surel/tui/text"
)

func newRun(env environment, words *text.Labels) *cobra.Command {
	var (
		format, output string
		secrets        bool
	)
	cmd := &cobra.Command{
		Use:   "run SCENARIO",
		Short: words.Get("cmd.run.short"),
		Long:  words.Get("cmd.run.long"),
		Args:  arguments(words, 1, 1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return completeScenarios(words), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			scenario, ok := lessons.Find(args[0])
			if !ok {
				return errors.New(words.Get("cmd.run.unknown", args[0]))
			}
			write, ok := forms[format]
			if !ok {
				return errors.New(words.Get("cmd.run.format", format, formNames()))
			}
			r, log, mismatch, err := play(cmd.Context(), scenario)
			if err != nil {
				return unexpected(err)
			}
			r.Options = report.Options{Lang: words.Lang(), ShowSecrets: secrets}
			if err := writeReport(env.stdout, output, func(w io.Writer) error { return write(w, r, log) }); err != nil {
				return unexpected(err)
			}
			if mismatch != nil {
				return unexpected(errors.New(words.Get("cmd.run.mismatch",
					scenario.ID, mismatch.File, mismatch.Line, mismatch.Expected, visible.String(mismatch.Got))))
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", words.Get("cmd.flag.format", formNames()))
	cmd.Flags().StringVarP(&output, "output", "o", "", words.Get("cmd.flag.output"))
	cmd.Flags().BoolVar(&secrets, "secrets", false, words.Get("cmd.flag.secrets"))
	return cmd
}

func completeScenarios(words *text.Labels) []string {
	var all []string
	for _, s := range lessons.Scenarios() {
		all = append(all, s.ID+"\t"+s.Title.In(words.Lang()))
	}
	return all
}

// play runs a scenario on a lab of its own and reads all that crossed: also
// what one server said to the next.
func play(ctx context.Context, s lessons.Scenario) (report.Report, *wire.Log, *lessons.Mismatch, error) {
	lab, err := server.Start(ctx, server.Config{})
	if err != nil {
		return report.Report{}, nil, nil, err
	}
	result, err := lessons.Run(ctx, lab, s)
	if err := errors.Join(err, lab.Close()); err != nil {
		return report.Report{}, nil, nil, err
	}
	reader := protocols.NewReader(lab.Log(), nil)
	reader.Read()
	return report.Report{Scenario: s.ID, Connections: report.Of(reader)}, lab.Log(), result.Mismatch, nil
}

// writeReport writes to the file, or to w where it has no name.
func writeReport(w io.Writer, file string, write func(io.Writer) error) error {
	if file == "" {
		return flushed(w, write)
	}
	f, err := os.Create(file)
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return errors.Join(flushed(f, write), f.Close())
}

func flushed(w io.Writer, write func(io.Writer) error) error {
	buffered := bufio.NewWriter(w)
	return errors.Join(write(buffered), buffered.Flush())
}
