package tls

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"surel/protocols/message"
)

// TestScheduleCanBeRecomputed computes the values again from those before them, and
// compares the last with what the server really sent.
func TestScheduleCanBeRecomputed(t *testing.T) {
	t.Parallel()
	client, server := peers(t)
	call, serve := echo("hello")
	k := Converse(t, client, server, call, serve)
	d := k.read(true)
	var pending [2][]byte
	var last *Record
	var finished []byte
	for _, s := range k.Segments {
		pending[s.Dir] = append(pending[s.Dir], s.Bytes...)
		messages, n := d.Decode(s.Dir, pending[s.Dir])
		pending[s.Dir] = pending[s.Dir][n:]
		for i := range messages {
			last = messages[i].Body.(*Record)
			if f := named(last.Carried(), "Finished"); f != nil && messages[i].Dir == 1 {
				finished = f.Raw[handshakeHeader:]
			}
		}
	}
	values := map[string]string{}
	for _, v := range last.Schedule() {
		if !Notes.Has(v.Note) {
			t.Errorf("%s has no note %s", v.Name, v.Note)
		}
		values[v.Name] = v.Hex
	}
	secret := unhex(t, values["SERVER_HANDSHAKE_TRAFFIC_SECRET"])
	if len(secret) != sha256.Size {
		t.Fatalf("the secret has %d bytes", len(secret))
	}
	fk := unhex(t, values["finished_key"])
	// HKDF-Expand with one block is one HMAC (RFC 5869 §2.3).
	block := hmac.New(sha256.New, secret)
	block.Write([]byte("\x00\x20\x0etls13 finished\x00\x01"))
	if got := block.Sum(nil); !hmac.Equal(got, fk) {
		t.Errorf("the finished_key is %x, computed %x", fk, got)
	}
	proof := hmac.New(sha256.New, fk)
	proof.Write(unhex(t, values["Transcript-Hash(ClientHello…CertificateVerify)"]))
	if got := proof.Sum(nil); !hmac.Equal(got, finished) || hex.EncodeToString(got) != values["verify_data"] {
		t.Errorf("the server sent %x, computed is %x and shown %s", finished, got, values["verify_data"])
	}
}

func named(messages []message.Message, name string) *message.Message {
	for i := range messages {
		if messages[i].Name == name {
			return &messages[i]
		}
	}
	return nil
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
