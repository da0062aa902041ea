package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"surel/cmd/shown"
	"surel/protocols"
	"surel/protocols/capture"
	"surel/protocols/note"
	"surel/protocols/report"
	"surel/protocols/wire"
	"surel/tui"
	"surel/tui/text"
	"surel/tui/theme"
)

// captureLimits hold a capture as a whole: it is a file that somebody chose.
var captureLimits = wire.Limits{PerConn: 1 << 40, Total: 1 << 40, Conns: 1 << 30}

func newOpen(env environment, words *text.Labels) *cobra.Command {
	var (
		format, output, keylog string
		secrets                bool
	)
	cmd := &cobra.Command{
		Use:   "open FILE",
		Short: words.Get("cmd.open.short"),
		Long:  words.Get("cmd.open.long"),
		Args:  arguments(words, 1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o := capture.Options{Recognise: protocols.ServiceOf}
			if keylog != "" {
				lines, err := os.ReadFile(keylog)
				if err != nil {
					return unexpected(err)
				}
				o.Keys = strings.Split(string(lines), "\n")
				if !slices.ContainsFunc(o.Keys, capture.IsSecret) {
					return unexpected(errors.New(words.Get("cmd.open.no-keys", keylog)))
				}
			}
			file, err := os.Open(args[0])
			if err != nil {
				return unexpected(err)
			}
			defer func() { _ = file.Close() }()
			if info, err := file.Stat(); err == nil && info.IsDir() {
				return unexpected(&fs.PathError{Op: "read", Path: args[0], Err: syscall.EISDIR})
			}
			if format == "" && isTerminal(env.stdout) && isTerminal(env.stdin) {
				return openOnScreen(cmd.Context(), env, file, o, words)
			}
			write, ok := forms[firstOf(format, "text")]
			if !ok {
				return errors.New(words.Get("cmd.run.format", format, formNames()))
			}
			log := wire.NewLog(captureLimits)
			summary, err := capture.Read(file, log, o)
			if err != nil {
				return notOpened(file.Name(), err, words)
			}
			reader := protocols.NewReader(log, nil)
			reader.Read()
			r := report.Report{Connections: report.Of(reader), Options: report.Options{Lang: words.Lang(), ShowSecrets: secrets, Compact: true}}
			if err := writeReport(env.stdout, output, func(w io.Writer) error { return write(w, r, log) }); err != nil {
				return unexpected(err)
			}
			_, err = fmt.Fprintln(env.stderr, summed(summary, words))
			return unexpected(err)
		},
	}
	cmd.Flags().StringVar(&format, "format", "", words.Get("cmd.flag.format", formNames()))
	cmd.Flags().StringVarP(&output, "output", "o", "", words.Get("cmd.flag.output"))
	cmd.Flags().StringVar(&keylog, "keylog", "", words.Get("cmd.flag.keylog"))
	cmd.Flags().BoolVar(&secrets, "secrets", false, words.Get("cmd.flag.secrets"))
	return cmd
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// notOpened says why a capture cannot be read.
func notOpened(name string, err error, words *text.Labels) error {
	if errors.Is(err, capture.ErrFormat) {
		return errors.New(words.Get("cmd.open.format", name))
	}
	return unexpected(fmt.Errorf("read the capture: %w", err))
}

// summed says what a capture held that is not shown.
func summed(s capture.Summary, words *text.Labels) string {
	return words.Get("cmd.open.summary", s.Packets, s.Foreign, s.Unknown, s.Cut, s.Lost, s.Secrets)
}

// patience is how long the screens wait for a file that may be none: what is
// wrong with it shows at once.
const patience = 100 * time.Millisecond

// openOnScreen shows a capture while it is being read.
func openOnScreen(ctx context.Context, env environment, file *os.File, o capture.Options, words *text.Labels) error {
	log := wire.NewLog(captureLimits)
	done := make(chan error, 1)
	go func() {
		_, err := capture.Read(file, log, o)
		done <- err
	}()
	select {
	case err := <-done:
		if err != nil {
			return notOpened(file.Name(), err, words)
		}
		done <- nil
	case <-time.After(patience):
	}
	looks := theme.Detect(env.getenv)
	err := tui.Run(ctx, tui.Options{
		Lab: shown.NewCapture(log), Capture: true, Lang: env.lang(), ASCII: looks.ASCII,
		SaveLang: func(lang note.Lang) error { return saveLang(env.getenv, lang) },
	})
	_ = file.Close() // ends the reading
	if read := <-done; read != nil && !errors.Is(read, os.ErrClosed) && err == nil {
		err = notOpened(file.Name(), read, words)
	}
	return unexpected(err)
}
