package decodertest

import (
	"bytes"
	"io/fs"
	"slices"
	"testing"

	"surel/protocols"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// maxPieces is into how many pieces Fuzz cuts an input at the most, about.
const maxPieces = 2048

// Fuzz feeds a decoder the prelude, which leads the conversation into a state
// and whose lines alternate from the server's greeting on, and then what the
// fuzzer makes up: what the client says, what the server replies to it, and
// what the client says then.
func Fuzz(f *testing.F, testdata fs.FS, decoder func() protocols.Decoder, prelude ...string) {
	f.Helper()
	for _, name := range recordings(f, testdata) {
		_, segments := recording(f, testdata, name)
		for i := 2; i < len(segments); i++ {
			f.Add(segments[i-2].Bytes, segments[i-1].Bytes, segments[i].Bytes)
		}
	}
	var before []wire.Segment
	d := wire.ServerToClient
	for _, text := range prelude {
		before = append(before, wire.Segment{Dir: d, Bytes: []byte(text)})
		d = d.Other()
	}
	f.Fuzz(func(t *testing.T, first, reply, second []byte) {
		segments := append(slices.Clone(before), []wire.Segment{
			{Dir: wire.ClientToServer, Bytes: first},
			{Dir: wire.ServerToClient, Bytes: reply},
			{Dir: wire.ClientToServer, Bytes: second},
		}...)
		whole := feed(decoder(), segments)
		Messages(t, whole, f.Name())
		Lossless(t, whole, segments, f.Name())
		// What waits is copied for every piece, so a long input is cut into
		// longer ones.
		cut := pieces(segments, 1+size(segments)/maxPieces)
		want, got := Essences(whole), Essences(feed(decoder(), cut))
		if !slices.Equal(want, got) {
			t.Errorf("piece by piece the messages are others:\n%v\n%v", want, got)
		}
	})
}

// feed reads the segments with one decoder, as a conversation does, to their
// end.
func feed(d protocols.Decoder, segments []wire.Segment) []message.Message {
	var all []message.Message
	var pending [2][]byte
	read := func(dir wire.Dir) bool {
		messages, n := d.Decode(dir, pending[dir])
		all = append(all, messages...)
		pending[dir] = pending[dir][n:]
		return n > 0
	}
	upgrader, _ := d.(protocols.Upgrader)
	for _, s := range segments {
		pending[s.Dir] = append(bytes.Clone(pending[s.Dir]), s.Bytes...)
		for moved := true; moved && (upgrader == nil || upgrader.Upgrade() == ""); {
			moved = read(s.Dir)
			moved = read(s.Dir.Other()) || moved
		}
	}
	for _, dir := range []wire.Dir{wire.ClientToServer, wire.ServerToClient} {
		all = append(all, d.Flush(dir, pending[dir])...)
	}
	return all
}
