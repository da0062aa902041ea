package main

import (
	"context"
	"errors"
	"net/netip"

	"github.com/spf13/cobra"

	"surel/server/dns"
	"surel/tui/text"
)

// outside are the flags that let the lab ask for real names: nothing else ever
// leaves the machine.
type outside struct {
	real     bool
	resolver string
}

func (o *outside) flags(cmd *cobra.Command, words *text.Labels) {
	cmd.Flags().BoolVar(&o.real, "real", false, words.Get("cmd.flag.real"))
	cmd.Flags().StringVar(&o.resolver, "resolver", "", words.Get("cmd.flag.resolver"))
}

// address gives the resolver that may be asked; the zero value where none may.
func (o *outside) address(ctx context.Context, words *text.Labels) (netip.AddrPort, error) {
	switch {
	case o.resolver != "":
		at, err := dns.ParseResolver(o.resolver)
		if err != nil {
			return at, errors.New(words.Get("outside.bad", o.resolver))
		}
		return at, nil
	case o.real:
		at, err := dns.SystemResolver(ctx)
		if err != nil {
			return at, errors.New(words.Get("cmd.real.none"))
		}
		return at, nil
	}
	return netip.AddrPort{}, nil
}
