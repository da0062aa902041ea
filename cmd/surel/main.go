// Command surel shows how e-mail works: it starts real mail servers on this
// machine and explains every byte that crosses between them and their clients.
//
// Each subcommand has a file of its own; this one only starts them and turns
// their errors into exit codes.
package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	"charm.land/fang/v2"
)

// The exit codes.
const (
	exitUnexpected = 1 // a scenario went otherwise, or something failed
	exitUsage      = 2 // the command line cannot be carried out as it stands
)

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	env := environment{args: os.Args[1:], getenv: os.Getenv, stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr}
	err := fang.Execute(ctx, newRoot(env), fang.WithoutVersion(), fang.WithErrorHandler(env.complain))
	var coded exitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &coded):
		return coded.code
	default:
		return exitUsage // what cobra refuses: an unknown flag, a missing argument
	}
}
