package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"surel/protocols"
	"surel/protocols/dns/dig"
	"surel/protocols/report"
	"surel/protocols/visible"
	"surel/protocols/wire"
	"surel/tui/text"
)

// maxTranscript bounds how much of a transcript is read, in bytes.
const maxTranscript = 64 << 20

func newExplain(env environment, words *text.Labels) *cobra.Command {
	var (
		protocol string
		secrets  bool
	)
	cmd := &cobra.Command{
		Use:   "explain [LINE…]",
		Short: words.Get("cmd.explain.short"),
		Long:  words.Get("cmd.explain.long"),
		RunE: func(_ *cobra.Command, args []string) error {
			p, err := transcribed(protocol, words)
			if err != nil {
				return err
			}
			lines, err := linesOf(env, args, words)
			if err != nil {
				return err
			}
			segments, err := p.Transcript(lines)
			if err != nil {
				return unreadable(err, words)
			}
			conversation := read(p, segments)
			return unexpected(flushed(env.stdout, func(w io.Writer) error {
				return report.Text(w, report.Report{
					Options:     report.Options{Lang: words.Lang(), ShowSecrets: secrets},
					Connections: []report.Connection{{Conn: wire.Conn{}, Conversation: conversation}},
				})
			}))
		},
	}
	cmd.Flags().StringVar(&protocol, "protocol", "smtp", words.Get("cmd.flag.protocol"))
	cmd.Flags().BoolVar(&secrets, "secrets", false, words.Get("cmd.flag.secrets"))
	return cmd
}

// unreadable says why a transcript cannot be read.
func unreadable(err error, words *text.Labels) error {
	switch {
	case errors.Is(err, dig.ErrNoMessage):
		return errors.New(words.Get("cmd.explain.no-message"))
	case errors.Is(err, dig.ErrNoHeader):
		return errors.New(words.Get("cmd.explain.no-header"))
	}
	return errors.New(words.Get("cmd.explain.unread", visible.String(err.Error())))
}

// transcribed finds a protocol of which people copy transcripts.
func transcribed(id string, words *text.Labels) (*protocols.Protocol, error) {
	p, ok := protocols.ByID(id)
	if ok && p.Transcript != nil {
		return p, nil
	}
	var known []string
	for _, p := range protocols.All {
		if p.Transcript != nil {
			known = append(known, p.ID)
		}
	}
	return nil, errors.New(words.Get("cmd.explain.protocol", id, strings.Join(known, ", ")))
}

// linesOf gives the lines to explain: the arguments, or else what is piped in.
func linesOf(env environment, args []string, words *text.Labels) (string, error) {
	lines := strings.Join(args, "\n")
	if len(args) == 0 && !isTerminal(env.stdin) {
		piped, err := io.ReadAll(io.LimitReader(env.stdin, maxTranscript))
		if err != nil {
			return "", unexpected(fmt.Errorf("read the transcript: %w", err))
		}
		lines = string(piped)
	}
	if strings.TrimSpace(lines) == "" {
		return "", errors.New(words.Get("cmd.explain.nothing"))
	}
	return lines, nil
}

// read reads the segments of a transcript, whose beginning may not have been
// copied.
func read(p *protocols.Protocol, segments []wire.Segment) *protocols.Conversation {
	c := protocols.NewConversationOf(p)
	c.Join()
	c.Datagrams()
	for _, s := range segments {
		c.Feed(s)
	}
	c.End(wire.Segment{})
	return c
}
