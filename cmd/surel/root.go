package main

import (
	"errors"

	"github.com/spf13/cobra"

	"surel/cmd/shown"
	"surel/protocols/note"
	"surel/server"
	"surel/tui"
	"surel/tui/theme"
)

// flags are those that every subcommand understands.
type flags struct {
	lang string
}

func newRoot(env environment) *cobra.Command {
	words := env.labels()
	var (
		all       flags
		data      string
		ascii     bool
		presenter bool
		noSkip    bool
		noPraise  bool
		names     outside
	)
	root := &cobra.Command{
		Use:   "surel",
		Short: words.Get("cmd.root.short"),
		Long:  words.Get("cmd.root.long"),
		Args:  cobra.NoArgs,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			if all.lang == "" {
				return nil
			}
			_, err := parseLang(all.lang)
			return err
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !isTerminal(env.stdout) || !isTerminal(env.stdin) {
				return errors.New(words.Get("cmd.root.no-terminal"))
			}
			ctx := cmd.Context()
			resolver, err := names.address(ctx, words)
			if err != nil {
				return err
			}
			lab, err := server.Start(ctx, server.Config{Dir: data, FixedPorts: true})
			if err != nil {
				return unexpected(err)
			}
			lab.SetOutside(resolver)
			looks := theme.Detect(env.getenv)
			done, notice := openProgress(env)
			err = tui.Run(ctx, tui.Options{
				FirstRun: all.lang == "" && savedLang(env.getenv) == "",
				Progress: done, Notice: notice, NoSkip: noSkip, NoPraise: noPraise,
				Lab: shown.Lab{Lab: lab}, Lang: env.lang(), ASCII: ascii || looks.ASCII, Presenter: presenter,
				SaveLang: func(lang note.Lang) error { return saveLang(env.getenv, lang) },
			})
			return unexpected(errors.Join(err, lab.Close()))
		},
	}
	root.PersistentFlags().StringVar(&all.lang, "lang", "", words.Get("cmd.flag.lang"))
	root.Flags().StringVar(&data, "data", "", words.Get("cmd.flag.data"))
	root.Flags().BoolVar(&ascii, "ascii", false, words.Get("cmd.flag.ascii"))
	root.Flags().BoolVar(&presenter, "presenter", false, words.Get("cmd.flag.presenter"))
	root.Flags().BoolVar(&noSkip, "no-skip", false, words.Get("cmd.flag.no-skip"))
	root.Flags().BoolVar(&noPraise, "no-praise", false, words.Get("cmd.flag.no-praise"))
	names.flags(root, words)
	root.AddCommand(
		newList(env, words), newRun(env, words), newLab(env, words),
		newOpen(env, words), newExplain(env, words), newLesson(env, words), newProgress(env, words), newVersion(env, words),
	)
	return root
}
