package main

import (
	"github.com/spf13/cobra"

	"surel/tui"
	"surel/tui/text"
	"surel/tui/theme"
)

// manner says how the screens look and how they teach.
type manner struct{ ascii, presenter, noSkip, noPraise bool }

// flags lets the manner be chosen on the command line.
func (m *manner) flags(cmd *cobra.Command, words *text.Labels) {
	cmd.Flags().BoolVar(&m.ascii, "ascii", false, words.Get("cmd.flag.ascii"))
	cmd.Flags().BoolVar(&m.presenter, "presenter", false, words.Get("cmd.flag.presenter"))
	cmd.Flags().BoolVar(&m.noSkip, "no-skip", false, words.Get("cmd.flag.no-skip"))
	cmd.Flags().BoolVar(&m.noPraise, "no-praise", false, words.Get("cmd.flag.no-praise"))
}

// apply puts the manner into the program's options.
func (m *manner) apply(o tui.Options, env environment) tui.Options {
	o.ASCII = m.ascii || theme.Detect(env.getenv).ASCII
	o.Presenter, o.NoSkip, o.NoPraise = m.presenter, m.noSkip, m.noPraise
	return o
}
