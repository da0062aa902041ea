// Package shown gives the lab to the screens as they want to see it.
package shown

import (
	"surel/server"
	"surel/tui/ui"
)

// Lab is a running lab with what only the screens ask of it.
type Lab struct{ *server.Lab }

var _ ui.Lab = Lab{}

// Remembered gives what the resolver remembers.
func (l Lab) Remembered() []ui.Remembered {
	entries := l.Names()
	all := make([]ui.Remembered, len(entries))
	for i, e := range entries {
		all[i] = ui.Remembered(e)
	}
	return all
}
