package lessons

import (
	"context"
	"crypto/tls"
	"fmt"
	"maps"
	"net"
	"slices"
	"strings"
)

// Handshake says how a client does a TLS handshake; the zero value stands for its
// usual way.
type Handshake struct {
	// Name is the server that the client looks for; empty for the host to which
	// it has connected.
	Name string
	// Max is the newest version that it offers; 0 for the newest there is.
	Max uint16
	// Suite is the only cipher suite that it offers; 0 for all. TLS 1.3 takes no
	// notice of it.
	Suite uint16
	// Resume lets it show the ticket of an earlier connection, where it has one,
	// and keep the ticket of this one.
	Resume bool
}

// tlsVersions are the versions as scenarios write them.
var tlsVersions = map[string]uint16{"1.0": tls.VersionTLS10, "1.1": tls.VersionTLS11, "1.2": tls.VersionTLS12, "1.3": tls.VersionTLS13}

// parseHandshake reads the words behind "tls".
func parseHandshake(words []string) (Handshake, error) {
	var h Handshake
	for i := 0; i < len(words); i++ {
		value := ""
		if i+1 < len(words) {
			value = words[i+1]
		}
		switch word := words[i]; {
		case word == "resume":
			h.Resume = true
		case word == "max":
			if h.Max = tlsVersions[value]; h.Max == 0 {
				return h, fmt.Errorf("after max write a version, one of %s", strings.Join(slices.Sorted(maps.Keys(tlsVersions)), ", "))
			}
			i++
		case word == "suite":
			if h.Suite = suiteNamed(value); h.Suite == 0 {
				return h, fmt.Errorf("after suite write a cipher suite that this program knows, not %q", value)
			}
			i++
		case h.Name == "" && strings.Contains(word, "."):
			h.Name = word
		default:
			return h, fmt.Errorf("%q is nothing that tls knows; there are a name, max VERSION, suite NAME and resume", word)
		}
	}
	return h, nil
}

func suiteNamed(name string) uint16 {
	for _, s := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		if s.Name == name {
			return s.ID
		}
	}
	return 0
}

// String gives the words as they stand in a scenario, each with a space before it.
func (h Handshake) String() string {
	var b strings.Builder
	if h.Name != "" {
		b.WriteString(" " + h.Name)
	}
	for name, version := range tlsVersions {
		if version == h.Max {
			b.WriteString(" max " + name)
		}
	}
	if h.Suite != 0 {
		b.WriteString(" suite " + tls.CipherSuiteName(h.Suite))
	}
	if h.Resume {
		b.WriteString(" resume")
	}
	return b.String()
}

// config gives the configuration of a client.
func (h Handshake) config(lab Lab, host string, sessions tls.ClientSessionCache) *tls.Config {
	if h.Name != "" {
		host = h.Name
	}
	c := lab.ClientTLS(host)
	c.MaxVersion = h.Max
	if h.Suite != 0 {
		c.CipherSuites = []uint16{h.Suite}
	}
	if h.Resume {
		c.ClientSessionCache = sessions
	}
	return c
}

// secure does a client's TLS handshake.
func (r *Runner) secure(ctx context.Context, c *connection, h Handshake) error {
	host, _, err := net.SplitHostPort(c.Server)
	if err != nil {
		return fmt.Errorf("name of the server: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, r.patience)
	defer cancel()
	return c.secure(ctx, h.config(r.lab, host, r.sessions), r.plain)
}

// failed compares the error of an action with the one that is expected of it, and
// gives the mismatch. It is false where none is expected.
func (r *Runner) failed(a *Action, err error) (mismatch error, expected bool) {
	i := slices.IndexFunc(a.Expects, func(e Expectation) bool { return e.Kind == Fails })
	if i < 0 {
		return nil, false
	}
	e := &a.Expects[i]
	switch {
	case err == nil:
		return r.mismatch(a, e.Line, e.String(), "it succeeds"), true
	case !strings.Contains(err.Error(), e.Text):
		return r.mismatch(a, e.Line, e.String(), err.Error()), true
	}
	return nil, true
}

// handshake gives how a client does its first TLS handshake in the script.
func (s *Scenario) handshake(client string) Handshake {
	for i := range s.Actions {
		if a := &s.Actions[i]; a.Client == client && a.Kind == TLS {
			return a.Handshake
		}
	}
	return Handshake{}
}
