package tap

import (
	"crypto/tls"
	"strings"

	"surel/protocols/wire"
)

// KeyLog gives a TLS configuration like base, or like the one that base chooses
// for a client, that adds the secrets of each tapped connection to what the log
// holds of it.
func KeyLog(base *tls.Config) *tls.Config {
	outer := base.Clone()
	outer.GetConfigForClient = func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
		chosen := base
		if base.GetConfigForClient != nil {
			other, err := base.GetConfigForClient(hello)
			if err != nil {
				return nil, err
			}
			if other != nil {
				chosen = other
			}
		}
		from, ok := hello.Conn.RemoteAddr().(*Addr)
		if !ok {
			return chosen, nil
		}
		own := chosen.Clone()
		own.GetConfigForClient = nil
		own.KeyLogWriter = secrets{from.conn.rec}
		return own, nil
	}
	return outer
}

// secrets hands the lines that crypto/tls writes, one per call, to a recorder.
type secrets struct{ rec *wire.Recorder }

func (s secrets) Write(line []byte) (int, error) {
	s.rec.Secret(strings.TrimSuffix(string(line), "\n"))
	return len(line), nil
}
