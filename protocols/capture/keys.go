package capture

import (
	"encoding/hex"
	"slices"
	"strings"

	"surel/protocols/wire"
)

// keyring holds the lines of key logs by the client random that they name
// (RFC 9850 §2).
type keyring struct {
	lines   map[string][]string
	waiting map[string][]*wire.Recorder // connections whose secrets may still come
}

func newKeyring() *keyring {
	return &keyring{lines: map[string][]string{}, waiting: map[string][]*wire.Recorder{}}
}

// IsSecret tells whether a line of a key log names a secret: a label, a client random
// and the secret, both in hexadecimal digits (RFC 9850 §2).
func IsSecret(line string) bool {
	_, ok := randomOf(line)
	return ok
}

// randomOf gives the client random that a line of a key log names, in small digits;
// false where the line names no secret.
func randomOf(line string) (random string, ok bool) {
	words := strings.Fields(line)
	if len(words) != 3 || words[0][0] == '#' {
		return "", false
	}
	for _, word := range words[1:] {
		if _, err := hex.DecodeString(word); err != nil {
			return "", false
		}
	}
	return strings.ToLower(words[1]), true
}

// add takes a line; false for what is none.
func (k *keyring) add(line string) bool {
	random, ok := randomOf(line)
	if !ok {
		return false
	}
	if slices.Contains(k.lines[random], line) {
		return true // a key log may say it again
	}
	k.lines[random] = append(k.lines[random], line)
	for _, rec := range k.waiting[random] {
		rec.Secret(line)
	}
	return true
}

// helloLen is how much of a record with a ClientHello is looked at: up to the end
// of its random bytes (RFC 8446 §5.1, §4.1.2).
const helloLen = 43

// unlock gives a connection the secrets that belong to it, where the bytes begin
// its TLS.
func (k *keyring) unlock(rec *wire.Recorder, b []byte) {
	if len(b) < helloLen || b[0] != 22 || b[1] != 3 || b[5] != 1 {
		return
	}
	random := hex.EncodeToString(b[11:helloLen])
	if all := k.waiting[random]; len(all) > 0 && all[len(all)-1] == rec {
		return // the second ClientHello after a HelloRetryRequest
	}
	for _, line := range k.lines[random] {
		rec.Secret(line)
	}
	k.waiting[random] = append(k.waiting[random], rec)
}
