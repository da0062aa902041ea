// Package clients knows how other people's mail programs reach the servers of
// the lab: commands to paste and settings to type. They stand in clients.txt.
// Start with For.
package clients

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"surel/protocols/wire"
)

//go:embed clients.txt
var file string

// Setting is what one program needs to reach one server.
type Setting struct {
	// Program is its name, such as "curl".
	Program string
	// Line is a command to paste or settings to type.
	Line string
}

// Account is a login of the lab.
type Account struct{ User, Password string }

// Trust is what clients are told to trust: the paths of two files.
type Trust struct {
	// CA is the certificate, in PEM, that vouches for the servers.
	CA string
	// Anchor is the key of the root of the name system, as BIND's programs
	// read it.
	Anchor string
}

// For gives the settings for a server, with its own port and name, for a
// client that logs in with the account and trusts the lab's files.
func For(s wire.Service, a Account, t Trust) []Setting {
	fill := strings.NewReplacer(
		"{port}", strconv.Itoa(int(s.Real.Port())), "{host}", s.Host,
		"{user}", a.User, "{password}", a.Password, "{ca}", t.CA, "{anchor}", t.Anchor,
	)
	all, ok := settings()[s.Name+"@"+s.Host]
	if !ok {
		all = settings()[s.Name]
	}
	var filled []Setting
	for _, known := range all {
		filled = append(filled, Setting{known.Program, fill.Replace(known.Line)})
	}
	return filled
}

// settings are those of the file, by service, or by service and host.
var settings = sync.OnceValue(func() map[string][]Setting {
	all := map[string][]Setting{}
	for line := range strings.Lines(file) {
		parts := strings.SplitN(strings.TrimSpace(line), " | ", 3)
		if len(parts) == 3 && line[0] != '#' {
			all[parts[0]] = append(all[parts[0]], Setting{parts[1], parts[2]})
		}
	}
	return all
})
