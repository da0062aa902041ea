package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"

	"surel/protocols/visible"
	"surel/tui/text"
)

// complain prints what went wrong in plain words. Names of files and what stands in them
// may hold anything: here all of it is made fit to be seen.
func (e environment) complain(w io.Writer, _ fang.Styles, err error) {
	_, _ = fmt.Fprintln(w, "surel: "+visible.Lines(said(err, e.labels())))
}

// systemErrors are what most often keeps a file from being read or written, each with
// the key of its words: the system itself speaks English.
var systemErrors = []struct {
	err error
	key string
}{
	{fs.ErrNotExist, "cmd.file.none"},
	{fs.ErrPermission, "cmd.file.barred"},
	{syscall.EISDIR, "cmd.file.folder"},
	{syscall.ENOTDIR, "cmd.file.no-folder"},
}

// said puts an error into words.
func said(err error, words *text.Labels) string {
	var about *fs.PathError
	if errors.As(err, &about) {
		if up := filepath.Dir(about.Path); errors.Is(about, fs.ErrNotExist) && missing(up) {
			return words.Get("cmd.file.none", visible.String(up))
		}
		for _, known := range systemErrors {
			if errors.Is(about, known.err) {
				return words.Get(known.key, visible.String(about.Path))
			}
		}
	}
	return err.Error()
}

// missing tells whether there is nothing of the name.
func missing(name string) bool {
	_, err := os.Stat(name)
	return errors.Is(err, fs.ErrNotExist)
}

// arguments takes from least to most arguments; most below 0 is no limit. What does not
// fit is answered with the form of the command.
func arguments(words *text.Labels, least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) >= least && (most < 0 || len(args) <= most):
			return nil
		case most == 0 && cmd.HasSubCommands():
			return errors.New(words.Get("cmd.unknown", args[0], cmd.CommandPath()))
		}
		_, form, _ := strings.Cut(cmd.Use, " ")
		return errors.New(words.Get("cmd.args", strings.TrimSpace(cmd.CommandPath()+" "+form), cmd.CommandPath()))
	}
}

// wrongFlag says what is wrong with a flag.
func wrongFlag(words *text.Labels) func(*cobra.Command, error) error {
	return func(cmd *cobra.Command, err error) error {
		said := err.Error()
		name := said[strings.LastIndex(said, " ")+1:]
		switch {
		case strings.HasPrefix(said, "unknown "):
			return errors.New(words.Get("cmd.flag.unknown", name, cmd.CommandPath()))
		case strings.HasPrefix(said, "flag needs an argument"):
			return errors.New(words.Get("cmd.flag.value", name, cmd.CommandPath()))
		}
		return err
	}
}
