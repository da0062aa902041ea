package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"surel/lessons/clients"
	"surel/protocols"
	"surel/protocols/report"
	"surel/protocols/wire"
	"surel/server"
	"surel/tui/text"
)

func newLab(env environment, words *text.Labels) *cobra.Command {
	var (
		asJSON, secrets bool
		data, record    string
		names           outside
	)
	cmd := &cobra.Command{
		Use:   "lab",
		Short: words.Get("cmd.lab.short"),
		Long:  words.Get("cmd.lab.long"),
		Args:  arguments(words, 0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			resolver, err := names.address(ctx, words)
			if err != nil {
				return err
			}
			if record != "" { // better refused now than at the end of a class
				if err := writable(record); err != nil {
					return unexpected(err)
				}
			}
			lab, err := server.Start(ctx, server.Config{Dir: data, FixedPorts: true})
			if err != nil {
				return unexpected(err)
			}
			lab.SetOutside(resolver)
			options := report.Options{Lang: words.Lang(), ShowSecrets: secrets}
			if asJSON {
				err = labJSON(ctx, env.stdout, lab, options)
			} else {
				err = labText(ctx, env.stdout, lab, options, words)
			}
			err = errors.Join(err, lab.Close())
			if record != "" {
				err = errors.Join(err, recorded(record, lab.Log(), options))
			}
			return unexpected(err)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, words.Get("cmd.flag.json"))
	cmd.Flags().BoolVar(&secrets, "secrets", false, words.Get("cmd.flag.secrets"))
	cmd.Flags().StringVar(&data, "data", "", words.Get("cmd.flag.data"))
	cmd.Flags().StringVar(&record, "record", "", words.Get("cmd.flag.record"))
	names.flags(cmd, words)
	return cmd
}

// writable makes the file, for its owner alone: it will hold TLS secrets.
func writable(file string) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// recorded writes what the log holds as a capture.
func recorded(file string, log *wire.Log, o report.Options) error {
	reader := protocols.NewReader(log, nil)
	reader.Read()
	r := report.Report{Connections: report.Of(reader), Options: o}
	return writeReport(nil, file, func(w io.Writer) error { return packets(w, r, log) })
}

// labText prints where the servers are, and every message as it crosses, until
// the context ends.
func labText(ctx context.Context, w io.Writer, lab *server.Lab, o report.Options, words *text.Labels) error {
	if err := introduce(w, lab, words); err != nil {
		return err
	}
	out, err := report.NewText(w, o)
	if err != nil {
		return err
	}
	return watch(ctx, lab.Log(), func(r *protocols.Reader, e protocols.Entry) error {
		return out.Message(r.Conn(e), r.Protocol(e), r.Message(e))
	})
}

// labJSON prints the servers as one JSON document, and every message as
// another as it crosses, each on a line of its own.
func labJSON(ctx context.Context, w io.Writer, lab *server.Lab, o report.Options) error {
	if err := introduceJSON(w, lab); err != nil {
		return err
	}
	out := report.NewJSONLines(w, o)
	return watch(ctx, lab.Log(), func(r *protocols.Reader, e protocols.Entry) error {
		return out.Message(r.Conn(e), r.Protocol(e), r.Message(e))
	})
}

// watch calls tell for every message as it comes, until the context ends, which
// is no error.
func watch(ctx context.Context, log *wire.Log, tell func(*protocols.Reader, protocols.Entry) error) error {
	grown := log.Follow()
	defer grown.Stop()
	r := protocols.NewReader(log, nil)
	for {
		for n := r.Read(); n > 0; n = r.Read() {
			entries := r.Entries()
			for _, e := range entries[len(entries)-n:] {
				if err := tell(r, e); err != nil {
					return err
				}
			}
			r.Forget()
		}
		select {
		case <-ctx.Done():
			return nil
		case <-grown.C:
		}
	}
}

// introduce says where the servers are and how to reach them.
func introduce(w io.Writer, lab *server.Lab, words *text.Labels) error {
	out := bufio.NewWriter(w) // an error shows at the end
	_, _ = fmt.Fprintf(out, "%s\n\n", words.Get("cmd.lab.ready"))
	for _, s := range lab.Services() {
		_, _ = fmt.Fprintf(out, "%s  %s  →  %s\n", s.Name, s.Endpoint, s.Real)
		user, password := lab.Login(s.Host)
		for _, c := range clients.For(s, clients.Account{User: user, Password: password}, clients.Trust{CA: lab.CAFile(), Anchor: lab.AnchorFile()}) {
			_, _ = fmt.Fprintf(out, "    %-12s%s\n", c.Program, c.Line)
		}
	}
	if to := lab.Outside(); to.IsValid() {
		_, _ = fmt.Fprintf(out, "\n%s\n", words.Get("cmd.lab.outside", to.String()))
	}
	_, _ = fmt.Fprintf(out, "\n%s: %s\n%s: %s\n\n%s\n\n",
		words.Get("cmd.lab.ca"), lab.CAFile(),
		words.Get("cmd.lab.mail"), filepath.Join(lab.Dir(), "mail"), words.Get("cmd.lab.waiting"))
	return out.Flush()
}

// labServices is the first line of `surel lab --json`.
type labServices struct {
	Services []labService `json:"services"`
	CA       string       `json:"ca"`
	Mail     string       `json:"mail"`
}

type labService struct {
	Service string `json:"service"`
	Host    string `json:"host"`
	Port    int    `json:"port"`    // logical
	Address string `json:"address"` // real
}

func introduceJSON(w io.Writer, lab *server.Lab) error {
	all := labServices{CA: lab.CAFile(), Mail: filepath.Join(lab.Dir(), "mail")}
	for _, s := range lab.Services() {
		all.Services = append(all.Services, labService{
			Service: s.Name, Host: s.Host, Port: int(s.Addr.Port()),
			Address: net.JoinHostPort(s.Real.Addr().String(), strconv.Itoa(int(s.Real.Port()))),
		})
	}
	return writeJSON(w, all, "")
}
