package tls

import (
	"crypto/tls"
	"strings"
	"testing"

	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// names gives what a conversation says, a record a line.
func names(t *testing.T, k Talk, keys bool) (lines []string, plain [2]string) {
	t.Helper()
	d := k.read(keys)
	var pending [2][]byte
	for _, s := range k.Segments {
		pending[s.Dir] = append(pending[s.Dir], s.Bytes...)
		messages, n := d.Decode(s.Dir, pending[s.Dir])
		pending[s.Dir] = pending[s.Dir][n:]
		for i := range messages {
			m := &messages[i]
			if m.Malformed || m.Mistake != "" {
				t.Errorf("%s is wrong: %s", m.Summary(), m.Mistake)
			}
			checkTree(t, m)
			lines = append(lines, s.Dir.String()+" "+m.Summary())
			if r, ok := m.Body.(*Record); ok && r.plain != nil && r.plain.kind == typeApplicationData {
				plain[s.Dir] += string(r.plain.text[:r.plain.n])
			}
		}
	}
	return lines, plain
}

// checkTree checks the trees of a message and of all that it carries.
func checkTree(t *testing.T, m *message.Message) {
	t.Helper()
	fields := m.Fields()
	if err := field.Check(fields, len(m.Raw)); err != nil {
		t.Errorf("%s: %v", m.Summary(), err)
	}
	field.Walk(fields, func(f *field.Field, _ int) {
		if f.Err != "" {
			t.Errorf("%s, %s: %s", m.Summary(), f.Name, f.Err)
		}
	})
	for _, inner := range m.Inner() {
		checkTree(t, &inner)
	}
}

func TestOpensWhatTheLibrarySays(t *testing.T) {
	t.Parallel()
	client, trusted := peers(t)
	for name, c := range map[string]*tls.Config{
		"1.3":           {},
		"1.3 retry":     {CurvePreferences: []tls.CurveID{tls.CurveP521}},
		"1.2":           {MaxVersion: tls.VersionTLS12},
		"1.2 AES-256":   {MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384}},
		"1.2 ChaCha20":  {MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256}},
		"1.2 CBC":       {MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA}},
		"1.3 certified": {ClientAuth: tls.RequireAnyClientCert},
		"1.2 certified": {ClientAuth: tls.RequireAnyClientCert, MaxVersion: tls.VersionTLS12},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := c.Clone()
			server.Certificates = trusted.Certificates
			text := strings.Repeat("EHLO laptop.kampus.test\r\n", 1000)
			call, serve := echo(text)
			k := Converse(t, client.Clone(), server, call, serve)
			lines, plain := names(t, k, true)
			t.Log(strings.Join(lines, "\n"))
			if plain[wire.ClientToServer] != text || plain[wire.ServerToClient] != text {
				t.Errorf("%d and %d bytes were opened of %d", len(plain[0]), len(plain[1]), len(text))
			}
			_, plain = names(t, k, false)
			if plain[0] != "" || plain[1] != "" {
				t.Error("without keys something is open")
			}
		})
	}
}
