package tls

import (
	"encoding/hex"

	"surel/protocols/wire"
)

// Value is a step of the way from a secret to the keys: what a student can compute
// from the values before it.
type Value struct {
	// Name is what RFC 8446 §7 or RFC 5246 §6.3 calls it.
	Name string
	// Note is the key of the note on it.
	Note string
	// How says how it is computed; empty for what the key log gives.
	How string
	// Hex are its bytes; empty where they are not known.
	Hex string
}

// Schedule gives the values from which the keys of a connection come, in their
// order: those of a key log, and all that follows from them. A key log does not
// hold the shared secret itself.
func (r *Record) Schedule() []Value {
	if r.session == nil || !r.session.known || r.session.version == 0 {
		return nil
	}
	if r.session.version >= version13 {
		return r.session.schedule13()
	}
	return r.session.schedule12()
}

// Chain gives the certificates that the server has shown.
func (r *Record) Chain() Chain {
	if r.session == nil {
		return Chain{}
	}
	return readChain(r.session.client.serverName, r.session.certificates)
}

// schedule13 follows RFC 8446 §7.1 and §7.3.
func (s *session) schedule13() (all []Value) {
	add := func(name, note, how string, value []byte) {
		all = append(all, Value{name, note, how, hex.EncodeToString(value)})
	}
	add("shared secret", "schedule/shared", "key_share × key_share", nil)
	add("Handshake Secret", "schedule/handshake-secret", "HKDF-Extract(Derive-Secret(Early Secret), shared secret)", nil)
	add("Transcript-Hash(ClientHello…ServerHello)", "schedule/transcript", "Hash", s.hashes[0])
	s.traffic(&all, epochHandshake, s.hashes[1])
	add("Transcript-Hash(ClientHello…server Finished)", "schedule/transcript", "Hash", s.hashes[2])
	s.traffic(&all, epochApplication, nil)
	return all
}

// traffic adds the secret of each direction in an epoch and what follows from it.
func (s *session) traffic(all *[]Value, e epoch, finishedHash []byte) {
	for _, dir := range []wire.Dir{wire.ServerToClient, wire.ClientToServer} {
		label := labelOf(e, dir)
		secret := s.secrets[label]
		add := func(name, note, how string, value []byte) {
			*all = append(*all, Value{name, note, how, hex.EncodeToString(value)})
		}
		add(label, "schedule/traffic-secret", "", secret)
		if secret == nil {
			continue
		}
		derive := func(name, note string, n int) {
			value, err := expandLabel(s.method.hash, secret, name, n)
			if err == nil {
				add(side(dir)+"_write_"+name, note, `HKDF-Expand-Label(secret, "`+name+`", "", n)`, value)
			}
		}
		derive("key", "schedule/write-key", s.method.keyLen)
		derive("iv", "schedule/write-iv", s.method.ivLen)
		if e == epochHandshake && dir == wire.ServerToClient && finishedHash != nil {
			fk, err := expandLabel(s.method.hash, secret, "finished", len(finishedHash))
			if err != nil {
				continue
			}
			add("finished_key", "schedule/finished-key", `HKDF-Expand-Label(secret, "finished", "", n)`, fk)
			add("Transcript-Hash(ClientHello…CertificateVerify)", "schedule/transcript", "Hash", finishedHash)
			add("verify_data", "schedule/verify-data", "HMAC(finished_key, Transcript-Hash)", hmacOf(s.method.hash, fk, finishedHash))
		}
	}
}

func side(dir wire.Dir) string {
	if dir == wire.ServerToClient {
		return "server"
	}
	return "client"
}

// schedule12 follows RFC 5246 §6.3 and §8.1.
func (s *session) schedule12() (all []Value) {
	add := func(name, note, how string, value []byte) {
		all = append(all, Value{name, note, how, hex.EncodeToString(value)})
	}
	add("pre_master_secret", "schedule/shared", "ECDHE", nil)
	master := s.secrets[labelMaster]
	add("master_secret", "schedule/master-secret", "", master)
	add("client_random", "schedule/random", "", s.client.random[:])
	add("server_random", "schedule/random", "", s.server.random[:])
	if master == nil || s.version != version12 {
		return all
	}
	keys := keyBlock(s.method, master, s.client.random[:], s.server.random[:])
	for _, part := range []struct {
		name, note string
		values     [2][]byte
	}{{"write_MAC_key", "schedule/write-mac", keys.mac}, {"write_key", "schedule/write-key", keys.key}, {"write_IV", "schedule/write-iv", keys.iv}} {
		for _, dir := range []wire.Dir{wire.ClientToServer, wire.ServerToClient} {
			if len(part.values[dir]) > 0 {
				add(side(dir)+"_"+part.name, part.note, `PRF(master_secret, "key expansion", server_random + client_random)`, part.values[dir])
			}
		}
	}
	return all
}
