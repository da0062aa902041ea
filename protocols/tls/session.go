package tls

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"

	"surel/protocols/message"
	"surel/protocols/wire"
)

// maxMessage is how long a handshake message may be before it is given up, in
// bytes: far longer than any chain of certificates.
const maxMessage = 256 << 10

// session is what is known of a TLS connection: what was agreed, the keys, and
// what each direction is in the middle of.
type session struct {
	keyed   bool     // the keys of the log may be used
	lines   []string // of the key log
	secrets secrets

	client, server hello
	version        uint16 // 0 until the server chose
	method         method
	known          bool // that method opens records of the suite
	suite          uint16
	transcript     *transcript
	// hashes are those of the handshake up to the ServerHello, up to what the
	// server's Finished proves, and up to that Finished.
	hashes       [3][]byte
	certificates [][]byte // that the server has shown
	dirs         [2]half
}

// half is one direction.
type half struct {
	epoch   epoch
	seq     uint64
	opener  opener
	secret  []byte // of TLS 1.3, from which the next one follows
	partial []byte // of a handshake message
	broken  bool   // what follows cannot be cut into messages
	done    bool   // the handshake messages before the application data are through
}

func newSession() *session { return &session{transcript: newTranscript()} }

// setKeys gives the lines of the key log that are known by now.
func (s *session) setKeys(lines []string) {
	s.keyed = true
	if len(lines) == len(s.lines) {
		return
	}
	s.lines = lines
	s.secrets = readSecrets(lines, s.client.random[:])
}

// open gives what is in a record of a direction, whose number it counts.
func (s *session) open(dir wire.Dir, raw []byte) (opened, error) {
	h := &s.dirs[dir]
	if h.opener == nil {
		if err := s.unlock(dir); err != nil {
			h.seq++
			return opened{}, err
		}
	}
	o, err := h.opener.open(h.seq, raw)
	if err != nil && h.epoch != epochApplication && s.version >= version13 {
		if again, ok := s.skip(dir, raw); ok {
			return again, nil
		}
	}
	h.seq++
	return o, err
}

// skip tries the next epoch's key where this one's does not fit: messages that
// could not be read may have ended it.
func (s *session) skip(dir wire.Dir, raw []byte) (opened, bool) {
	h := &s.dirs[dir]
	for next := h.epoch + 1; next <= epochApplication; next++ {
		op, secret, err := s.opener13(dir, next)
		if err != nil {
			continue
		}
		if o, err := op.open(0, raw); err == nil {
			*h = half{epoch: next, seq: 1, opener: op, secret: secret, partial: nil, broken: h.broken, done: next == epochApplication}
			return o, true
		}
	}
	return opened{}, false
}

// unlock finds the key of a direction.
func (s *session) unlock(dir wire.Dir) error {
	h := &s.dirs[dir]
	if !s.keyed {
		return errNoKey
	}
	if !s.known {
		return errSuite
	}
	if s.version >= version13 {
		op, secret, err := s.opener13(dir, h.epoch)
		if err != nil {
			return err
		}
		h.opener, h.secret = op, secret
		return nil
	}
	op, err := s.opener12(dir)
	h.opener = op
	return err
}

func (s *session) opener13(dir wire.Dir, e epoch) (opener, []byte, error) {
	secret, ok := s.secrets[labelOf(e, dir)]
	if !ok || e == epochEarly && dir == wire.ServerToClient {
		return nil, nil, errNoKey
	}
	op, err := modernOpener(s.method, secret)
	return op, secret, err
}

func (s *session) opener12(dir wire.Dir) (opener, error) {
	master, ok := s.secrets[labelMaster]
	if !ok {
		return nil, errNoKey
	}
	if s.version < version12 {
		return nil, errSuite
	}
	keys := keyBlock(s.method, master, s.client.random[:], s.server.random[:])
	return legacyOpener(s.method, keys, dir, s.server.macLater)
}

// enter begins an epoch in a direction.
func (s *session) enter(dir wire.Dir, e epoch) {
	s.dirs[dir] = half{epoch: e, broken: s.dirs[dir].broken, done: e == epochApplication}
}

// cut adds bytes of handshake messages and gives those that are complete.
func (s *session) cut(dir wire.Dir, b []byte) (messages []message.Message) {
	h := &s.dirs[dir]
	if h.broken {
		return nil
	}
	h.partial = append(h.partial, b...)
	for len(h.partial) >= handshakeHeader {
		n := handshakeHeader + int(binary.BigEndian.Uint32(h.partial)&0xffffff)
		if n > maxMessage {
			messages = append(messages, s.tooLong(dir, h.partial))
			h.partial, h.broken = nil, true
			return messages
		}
		if len(h.partial) < n {
			break
		}
		raw := h.partial[:n:n]
		h.partial = h.partial[n:]
		if len(h.partial) == 0 {
			h.partial = nil
		}
		messages = append(messages, s.handshake(dir, raw))
		h = &s.dirs[dir]
	}
	return messages
}

func (s *session) tooLong(dir wire.Dir, raw []byte) message.Message {
	return message.Message{Raw: raw, Name: "unread", Note: "hs/unread", Dir: dir, Body: refused("a handshake message as long as this one says is never read"), Malformed: true}
}

// handshake takes in a handshake message.
func (s *session) handshake(dir wire.Dir, raw []byte) message.Message {
	before := *s.transcript
	s.agree(dir, raw)
	body := handshake{dir: dir, version: s.version, suite: s.suite}
	note := handshakes.of(uint16(raw[0])).note
	m := message.Message{Raw: raw, Name: handshakeName(raw), Note: note, Dir: dir, Body: body, Malformed: body.faulty(raw)}
	if m.Name == "HelloRetryRequest" {
		m.Note = "hs/hello_retry_request"
	}
	if raw[0] == typeFinished {
		m.Mistake = s.finished(dir, raw, &before)
	}
	s.note(dir, raw, &before)
	s.transcript.add(raw, s.version, s.method.hash)
	if s.method.hash != nil && dir == wire.ServerToClient {
		switch {
		case raw[0] == typeServerHello && !isRetry(raw):
			s.hashes[0] = s.transcript.sum(s.method.hash)
		case raw[0] == typeFinished:
			s.hashes[2] = s.transcript.sum(s.method.hash)
		}
	}
	s.follow(dir, raw)
	return m
}

// note keeps what is looked at later: the server's certificates, and what its
// Finished proves.
func (s *session) note(dir wire.Dir, raw []byte, before *transcript) {
	switch {
	case dir == wire.ClientToServer:
	case raw[0] == typeCertificate:
		s.certificates = certificatesIn(raw, s.version >= version13)
	case raw[0] == typeFinished && s.method.hash != nil:
		s.hashes[1] = before.sum(s.method.hash)
	}
}

// agree learns what a hello says.
func (s *session) agree(dir wire.Dir, raw []byte) {
	switch {
	case raw[0] == typeClientHello && dir == wire.ClientToServer:
		if h, ok := readHello(raw); ok {
			s.client = h
			s.secrets = readSecrets(s.lines, h.random[:])
		}
	case raw[0] == typeServerHello && dir == wire.ServerToClient:
		if h, ok := readHello(raw); ok {
			s.server, s.version, s.suite = h, h.version(), h.suite
			s.method, s.known = methodOf(h.suite)
		}
	}
}

// follow changes the keys where a handshake message says so.
func (s *session) follow(dir wire.Dir, raw []byte) {
	switch {
	case raw[0] == typeClientHello && dir == wire.ClientToServer && s.client.earlyData && s.secrets[labelEarly] != nil:
		s.version, s.method, s.known = version13, method{hash: sha256.New, keyLen: 16, aead: gcm, ivLen: 12, xorOnly: true}, true
		s.enter(dir, epochEarly)
	case raw[0] == typeServerHello && s.version >= version13 && !isRetry(raw):
		s.enter(wire.ServerToClient, epochHandshake)
		if s.dirs[wire.ClientToServer].epoch == epochClear {
			s.enter(wire.ClientToServer, epochHandshake)
		}
	case raw[0] == typeEndOfEarlyData:
		s.enter(dir, epochHandshake)
	case raw[0] == typeFinished && s.version >= version13:
		s.enter(dir, epochApplication)
	case raw[0] == typeFinished:
		s.dirs[dir].done = true
	case raw[0] == typeKeyUpdate && s.version >= version13:
		s.nextKey(dir)
	}
}

// nextKey follows a KeyUpdate (RFC 8446 §7.2).
func (s *session) nextKey(dir wire.Dir) {
	h := &s.dirs[dir]
	if h.secret == nil {
		return
	}
	next, err := expandLabel(s.method.hash, h.secret, "traffic upd", len(h.secret))
	if err != nil {
		return
	}
	op, err := modernOpener(s.method, next)
	if err != nil {
		return
	}
	h.secret, h.opener, h.seq = next, op, 0
}

// changeCipherSpec begins the protected part of the versions before 1.3.
func (s *session) changeCipherSpec(dir wire.Dir) {
	if s.version != 0 && s.version < version13 {
		s.enter(dir, epochApplication)
		s.dirs[dir].done = false
	}
}

// finished checks the proof in a Finished where the key is known, and gives the
// key of the note on a wrong one (RFC 8446 §4.4.4, RFC 5246 §7.4.9).
func (s *session) finished(dir wire.Dir, raw []byte, before *transcript) string {
	want, ok := s.verifyData(dir, before)
	if ok && string(want) != string(raw[handshakeHeader:]) {
		return "mistake/finished"
	}
	return ""
}

// verifyData gives what a Finished has to hold.
func (s *session) verifyData(dir wire.Dir, before *transcript) ([]byte, bool) {
	if !s.known {
		return nil, false
	}
	sum := before.sum(s.method.hash)
	if s.version >= version13 {
		secret, ok := s.secrets[labelOf(epochHandshake, dir)]
		if !ok {
			return nil, false
		}
		key, err := expandLabel(s.method.hash, secret, "finished", len(sum))
		if err != nil {
			return nil, false
		}
		return hmacOf(s.method.hash, key, sum), true
	}
	master, ok := s.secrets[labelMaster]
	if !ok || s.version != version12 {
		return nil, false
	}
	side := "client"
	if dir == wire.ServerToClient {
		side = "server"
	}
	return prf(s.method.hash, master, side+" finished", sum, 12), true
}

// transcript is what both sides hash: all handshake messages so far. It is
// bounded.
type transcript struct {
	bytes []byte
	lost  bool
}

// maxTranscript is how much of a handshake is kept for its proof, in bytes.
const maxTranscript = 512 << 10

func newTranscript() *transcript { return &transcript{} }

// add takes in a message. A HelloRetryRequest replaces what was before it by its
// hash (RFC 8446 §4.4.1).
func (t *transcript) add(raw []byte, version uint16, newHash func() hash.Hash) {
	if raw[0] == 0 || raw[0] == typeKeyUpdate || raw[0] == 4 && version >= version13 {
		return // no part of it
	}
	if raw[0] == typeServerHello && isRetry(raw) && newHash != nil {
		h := newHash()
		h.Write(t.bytes)
		sum := h.Sum(nil)
		t.bytes = append([]byte{254, 0, 0, byte(len(sum))}, sum...)
	}
	if len(t.bytes)+len(raw) > maxTranscript {
		t.lost = true
		return
	}
	t.bytes = append(t.bytes, raw...)
}

func (t *transcript) sum(newHash func() hash.Hash) []byte {
	h := newHash()
	h.Write(t.bytes)
	return h.Sum(nil)
}
