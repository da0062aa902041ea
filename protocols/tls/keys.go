package tls

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // suites that are still seen use it
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"

	"surel/protocols/wire"
)

// method is how a suite protects records.
type method struct {
	hash    func() hash.Hash // of the key schedule
	keyLen  int              // in bytes
	aead    func(key []byte) (cipher.AEAD, error)
	mac     func() hash.Hash // of a CBC suite; nil for others
	ivLen   int              // that the key schedule gives, in bytes
	xorOnly bool             // the nonce is the number of the record, masked; nothing of it is sent (RFC 7905 §2)
}

func gcm(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// methodOf gives how a suite protects records; false where this is not known
// here.
func methodOf(suite uint16) (method, bool) {
	name := suites.of(suite).name
	modern := suite>>8 == 0x13
	m := method{hash: sha256.New}
	if strings.HasSuffix(name, "_SHA384") {
		m.hash = sha512.New384
	}
	switch {
	case strings.Contains(name, "AES_128"):
		m.keyLen = 16
	case strings.Contains(name, "AES_256"), strings.Contains(name, "CHACHA20"):
		m.keyLen = 32
	default:
		return m, false
	}
	switch {
	case strings.Contains(name, "CHACHA20_POLY1305"):
		m.aead, m.ivLen, m.xorOnly = chacha20poly1305.New, 12, true
	case strings.Contains(name, "_GCM_"):
		m.aead, m.ivLen, m.xorOnly = gcm, 4, false
		if modern {
			m.ivLen, m.xorOnly = 12, true
		}
	case strings.Contains(name, "_CBC_"):
		switch {
		case strings.HasSuffix(name, "_SHA"):
			m.mac = sha1.New
		case strings.HasSuffix(name, "_SHA256"):
			m.mac = sha256.New
		case strings.HasSuffix(name, "_SHA384"):
			m.mac = sha512.New384
		}
	default:
		return m, false
	}
	return m, true
}

// expandLabel is HKDF-Expand-Label of RFC 8446 §7.1, with an empty context.
func expandLabel(newHash func() hash.Hash, secret []byte, label string, n int) ([]byte, error) {
	info := binary.BigEndian.AppendUint16(nil, uint16(n))
	info = append(append(info, byte(len("tls13 ")+len(label))), "tls13 "+label...)
	info = append(info, 0)
	return hkdf.Expand(newHash, secret, string(info), n)
}

// prf is the pseudorandom function of TLS 1.2 (RFC 5246 §5).
func prf(newHash func() hash.Hash, secret []byte, label string, seed []byte, n int) []byte {
	seed = append([]byte(label), seed...)
	mac := func(parts ...[]byte) []byte {
		h := hmac.New(newHash, secret)
		for _, p := range parts {
			h.Write(p)
		}
		return h.Sum(nil)
	}
	var out []byte
	for a := mac(seed); len(out) < n; a = mac(a) {
		out = append(out, mac(a, seed)...)
	}
	return out[:n]
}

// secrets are those of a key log, by label, of one connection
// (RFC 9850 §2).
type secrets map[string][]byte

// readSecrets reads those lines of a key log that belong to a client random.
func readSecrets(lines []string, random []byte) secrets {
	want := hex.EncodeToString(random)
	found := secrets{}
	for _, line := range lines {
		words := strings.Fields(line)
		if len(words) != 3 || !strings.EqualFold(words[1], want) {
			continue
		}
		if value, err := hex.DecodeString(words[2]); err == nil && len(value) > 0 && len(value) <= 64 {
			found[words[0]] = value
		}
	}
	return found
}

// The labels of a key log (RFC 9850 §2).
const (
	labelMaster = "CLIENT_RANDOM"
	labelEarly  = "CLIENT_EARLY_TRAFFIC_SECRET"
)

// labelOf gives the label of a direction's secret in an epoch of TLS 1.3.
func labelOf(e epoch, dir wire.Dir) string {
	side := "CLIENT"
	if dir == wire.ServerToClient {
		side = "SERVER"
	}
	switch e {
	case epochEarly:
		return labelEarly
	case epochHandshake:
		return side + "_HANDSHAKE_TRAFFIC_SECRET"
	default:
		return side + "_TRAFFIC_SECRET_0"
	}
}

// epoch tells which keys protect the records of a direction.
type epoch uint8

const (
	epochClear epoch = iota
	epochEarly
	epochHandshake
	epochApplication
)

var (
	errNoKey   = errors.New("the key is not known")
	errSuite   = errors.New("this cipher suite is not opened here")
	errDoesNot = errors.New("the key does not fit: the record was changed on the way, or one before it is missing")
)

// opener opens the records of one direction.
type opener interface {
	// open gives what a record holds, and where its parts lie. The sequence
	// number is that of the record in its epoch.
	open(seq uint64, raw []byte) (opened, error)
}

// opened is what was in a record.
type opened struct {
	text []byte // with all that was encrypted
	kind byte   // of the content
	n    int    // of the content, in bytes; what follows is type, padding, MAC
	mac  int    // bytes of a MAC behind the content
}

// aeadOpener opens the records of an AEAD (RFC 8446 §5.2, RFC 5288 §3,
// RFC 7905 §2).
type aeadOpener struct {
	aead     cipher.AEAD
	iv       []byte
	explicit bool // eight bytes of the nonce are sent
	modern   bool // TLS 1.3
}

func (o *aeadOpener) open(seq uint64, raw []byte) (opened, error) {
	body := raw[headerLen:]
	nonce := make([]byte, o.aead.NonceSize())
	if o.explicit {
		if len(body) < 8 {
			return opened{}, errDoesNot
		}
		copy(nonce, o.iv)
		copy(nonce[4:], body[:8])
		body = body[8:]
	} else {
		binary.BigEndian.PutUint64(nonce[4:], seq)
		for i, b := range o.iv {
			nonce[i] ^= b
		}
	}
	if len(body) < o.aead.Overhead() {
		return opened{}, errDoesNot
	}
	extra := raw[:headerLen]
	if !o.modern {
		extra = binary.BigEndian.AppendUint64(nil, seq)
		extra = append(extra, raw[:3]...)
		extra = binary.BigEndian.AppendUint16(extra, uint16(len(body)-o.aead.Overhead()))
	}
	text, err := o.aead.Open(nil, nonce, body, extra)
	if err != nil {
		return opened{}, errDoesNot
	}
	if !o.modern {
		return opened{text: text, kind: raw[0], n: len(text)}, nil
	}
	n := len(text)
	for n > 0 && text[n-1] == 0 {
		n--
	}
	if n == 0 {
		return opened{}, errors.New("the record holds nothing but padding")
	}
	return opened{text: text, kind: text[n-1], n: n - 1}, nil
}

// cbcOpener opens the records of a CBC suite (RFC 5246 §6.2.3.2, RFC 7366 §3).
type cbcOpener struct {
	block    cipher.Block
	mac      func() hash.Hash
	macKey   []byte
	macLater bool // the MAC is over what is encrypted
}

func (o *cbcOpener) open(seq uint64, raw []byte) (opened, error) {
	body := raw[headerLen:]
	size := o.mac().Size()
	if o.macLater {
		if len(body) < size || !o.fits(seq, raw, body[:len(body)-size], body[len(body)-size:]) {
			return opened{}, errDoesNot
		}
		body = body[:len(body)-size]
	}
	bs := o.block.BlockSize()
	if len(body) < 2*bs || len(body)%bs != 0 {
		return opened{}, errDoesNot
	}
	text := make([]byte, len(body)-bs)
	cipher.NewCBCDecrypter(o.block, body[:bs]).CryptBlocks(text, body[bs:])
	padding := int(text[len(text)-1]) + 1
	if o.macLater {
		size = 0
	}
	n := len(text) - padding - size
	if n < 0 {
		return opened{}, errDoesNot
	}
	if !o.macLater && !o.fits(seq, raw, text[:n], text[n:n+size]) {
		return opened{}, errDoesNot
	}
	return opened{text: text, kind: raw[0], n: n, mac: size}, nil
}

// fits tells whether the MAC is that of the bytes.
func (o *cbcOpener) fits(seq uint64, raw, content, mac []byte) bool {
	h := hmac.New(o.mac, o.macKey)
	head := binary.BigEndian.AppendUint64(nil, seq)
	head = append(head, raw[:3]...)
	h.Write(binary.BigEndian.AppendUint16(head, uint16(len(content))))
	h.Write(content)
	return hmac.Equal(h.Sum(nil), mac)
}

// modernOpener makes the opener of a traffic secret (RFC 8446 §7.3).
func modernOpener(m method, secret []byte) (opener, error) {
	key, err := expandLabel(m.hash, secret, "key", m.keyLen)
	if err != nil {
		return nil, err
	}
	iv, err := expandLabel(m.hash, secret, "iv", m.ivLen)
	if err != nil {
		return nil, err
	}
	aead, err := m.aead(key)
	if err != nil {
		return nil, err
	}
	return &aeadOpener{aead: aead, iv: iv, modern: true}, nil
}

// block is the key block of TLS 1.2, cut into its keys (RFC 5246 §6.3).
type block struct {
	mac, key, iv [2][]byte // by direction
}

func keyBlock(m method, master, clientRandom, serverRandom []byte) block {
	macLen := 0
	if m.mac != nil {
		macLen = m.mac().Size()
	}
	seed := append(append([]byte(nil), serverRandom...), clientRandom...)
	s := &scan{prf(m.hash, master, "key expansion", seed, 2*(macLen+m.keyLen+m.ivLen)), true}
	var b block
	for _, part := range []struct {
		keys *[2][]byte
		n    int
	}{{&b.mac, macLen}, {&b.key, m.keyLen}, {&b.iv, m.ivLen}} {
		part.keys[wire.ClientToServer] = s.take(part.n)
		part.keys[wire.ServerToClient] = s.take(part.n)
	}
	return b
}

// legacyOpener makes the opener of a direction of TLS 1.2.
func legacyOpener(m method, keys block, dir wire.Dir, macLater bool) (opener, error) {
	if m.mac != nil {
		c, err := aes.NewCipher(keys.key[dir])
		if err != nil {
			return nil, err
		}
		return &cbcOpener{block: c, mac: m.mac, macKey: keys.mac[dir], macLater: macLater}, nil
	}
	aead, err := m.aead(keys.key[dir])
	if err != nil {
		return nil, fmt.Errorf("make the cipher: %w", err)
	}
	return &aeadOpener{aead: aead, iv: keys.iv[dir], explicit: !m.xorOnly}, nil
}
