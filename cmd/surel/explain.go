package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"surel/protocols"
	"surel/protocols/report"
	"surel/protocols/transcript"
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
			p, err := speaking(protocol, words)
			if err != nil {
				return err
			}
			lines, err := linesOf(env, args, words)
			if err != nil {
				return err
			}
			conversation := read(p, transcript.Parse(lines, p.Speaker()))
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

// speaking finds a protocol that is spoken in lines.
func speaking(id string, words *text.Labels) (*protocols.Protocol, error) {
	p, ok := protocols.ByID(id)
	if ok && p.Speaker != nil {
		return p, nil
	}
	var known []string
	for _, p := range protocols.All {
		if p.Speaker != nil {
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
	for _, s := range segments {
		c.Feed(s)
	}
	c.End(wire.Segment{})
	return c
}
