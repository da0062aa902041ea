package ui

import (
	"charm.land/bubbles/v2/help"
	"charm.land/bubbles/v2/key"
)

// Keys are the keys that work on a screen now.
type Keys struct {
	// Short are those for the bottom line, the most important first.
	Short []key.Binding
	// Full are all of them, in columns.
	Full [][]key.Binding
}

var _ help.KeyMap = Keys{}

// ShortHelp gives the keys for the bottom line.
func (k Keys) ShortHelp() []key.Binding { return k.Short }

// FullHelp gives all keys, in columns.
func (k Keys) FullHelp() [][]key.Binding { return k.Full }
