package main

import (
	"io"
	"os"

	"github.com/charmbracelet/x/term"

	"surel/protocols/note"
	"surel/tui/text"
)

// environment is what the program is given by whoever starts it.
type environment struct {
	args   []string
	getenv func(string) string
	stdin  *os.File
	stdout *os.File
	stderr io.Writer
}

// exitError is an error with the exit code that it brings.
type exitError struct {
	code int
	err  error
}

// Error gives the words of the error within.
func (e exitError) Error() string { return e.err.Error() }

// Unwrap gives the error within.
func (e exitError) Unwrap() error { return e.err }

// unexpected marks an error as one of the work, not of the command line.
func unexpected(err error) error {
	if err == nil {
		return nil
	}
	return exitError{exitUnexpected, err}
}

// isTerminal tells whether f is a screen with a person before it.
func isTerminal(f *os.File) bool { return term.IsTerminal(f.Fd()) }

// labels gives the words of the command line in the language that holds
// before the flags are read.
func (e environment) labels() *text.Labels { return text.For(e.lang()) }

// lang is the language that --lang, the saved choice or the environment name.
func (e environment) lang() note.Lang {
	return chooseLang(langFlag(e.args), savedLang(e.getenv), e.getenv)
}
