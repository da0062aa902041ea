package tap

import (
	"crypto/tls"
	"strings"

	"surel/protocols/wire"
)

// KeyLog gives a TLS configuration like base that adds the secrets of each
// tapped connection to what the log holds of it.
func KeyLog(base *tls.Config) *tls.Config {
	outer := base.Clone()
	outer.GetConfigForClient = func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
		from, ok := hello.Conn.RemoteAddr().(*Addr)
		if !ok {
			return nil, nil // stands for: go on with the outer one
		}
		own := base.Clone()
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
