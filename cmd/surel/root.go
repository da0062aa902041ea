package main

import (
	"errors"

	"github.com/spf13/cobra"

	"surel/cmd/shown"
	"surel/protocols/note"
	"surel/server"
	"surel/tui"
)

// flags are those that every subcommand understands.
type flags struct {
	lang string
}

func newRoot(env environment) *cobra.Command {
	words := env.labels()
	var (
		all    flags
		data   string
		manner manner
		names  outside
	)
	root := &cobra.Command{
		Use:   "surel",
		Short: words.Get("cmd.root.short"),
		Long:  words.Get("cmd.root.long"),
		Args:  arguments(words, 0, 0),
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
			done, notice := openProgress(env)
			err = tui.Run(ctx, manner.apply(tui.Options{
				FirstRun: all.lang == "" && savedLang(env.getenv) == "",
				Progress: done, Notice: notice, Lab: shown.Lab{Lab: lab}, Lang: env.lang(),
				SaveLang: func(lang note.Lang) error { return saveLang(env.getenv, lang) },
			}, env))
			return unexpected(errors.Join(err, lab.Close()))
		},
	}
	root.SetFlagErrorFunc(wrongFlag(words))
	root.PersistentFlags().StringVar(&all.lang, "lang", "", words.Get("cmd.flag.lang"))
	root.Flags().StringVar(&data, "data", "", words.Get("cmd.flag.data"))
	manner.flags(root, words)
	names.flags(root, words)
	root.AddCommand(
		newList(env, words), newRun(env, words), newLab(env, words),
		newOpen(env, words), newExplain(env, words), newLesson(env, words), newProgress(env, words), newVersion(env, words),
	)
	return root
}
