package pop3_test

import (
	"bytes"
	"slices"
	"testing"

	"surel/protocols/message"
	"surel/protocols/pop3"
	"surel/protocols/wire"
)

// preludes lead a conversation into each state; what the fuzzer makes up
// follows. Lines alternate from the server's greeting on.
var preludes = map[string][]string{
	"connect":       nil,
	"authorization": {greeting, "CAPA\r\n", offered},
	"user":          {greeting, "USER guru\r\n", "+OK\r\n"},
	"auth":          {greeting, "AUTH LOGIN\r\n", "+ VXNlcm5hbWU6\r\n"},
	"stls":          {greeting, "STLS\r\n"},
	"transaction":   {greeting, "USER guru\r\nPASS a\r\nSTAT\r\n", "+OK\r\n+OK\r\n+OK 3 960\r\n"},
	"letter":        {greeting, "USER guru\r\nPASS a\r\nRETR 1\r\n", "+OK\r\n+OK\r\n+OK\r\nSubject: a\r\n"},
	"listing":       {greeting, "USER guru\r\nPASS a\r\nUIDL\r\n", "+OK\r\n+OK\r\n+OK\r\n1 a\r\n"},
	"update":        {greeting, "USER guru\r\nPASS a\r\nQUIT\r\n", "+OK\r\n+OK\r\n+OK\r\n"},
}

const (
	greeting = "+OK siap <1896.697170952@mx1>\r\n"
	offered  = "+OK\r\nUSER\r\nSASL PLAIN LOGIN\r\nSTLS\r\nUIDL\r\n.\r\n"
)

func FuzzConnect(f *testing.F)       { fuzzState(f, "connect") }
func FuzzAuthorization(f *testing.F) { fuzzState(f, "authorization") }
func FuzzUser(f *testing.F)          { fuzzState(f, "user") }
func FuzzAuth(f *testing.F)          { fuzzState(f, "auth") }
func FuzzSTLS(f *testing.F)          { fuzzState(f, "stls") }
func FuzzTransaction(f *testing.F)   { fuzzState(f, "transaction") }
func FuzzLetter(f *testing.F)        { fuzzState(f, "letter") }
func FuzzListing(f *testing.F)       { fuzzState(f, "listing") }
func FuzzUpdate(f *testing.F)        { fuzzState(f, "update") }

// fuzzState feeds what the client says, what the server replies to it, and
// what the client says then, in the given state.
func fuzzState(f *testing.F, state string) {
	for _, name := range recordings(f) {
		_, segments := recording(f, name)
		for i := 2; i < len(segments); i++ {
			f.Add(segments[i-2].Bytes, segments[i-1].Bytes, segments[i].Bytes)
		}
	}
	f.Fuzz(func(t *testing.T, first, reply, second []byte) {
		segments := []wire.Segment{
			{Dir: wire.ClientToServer, Bytes: first},
			{Dir: wire.ServerToClient, Bytes: reply},
			{Dir: wire.ClientToServer, Bytes: second},
		}
		whole := feed(state, segments)
		checkMessages(t, whole, state)
		checkLossless(t, whole, append(prelude(state), segments...), state)
		want, got := essences(whole), essences(feed(state, bytewise(segments)))
		if !slices.Equal(want, got) {
			t.Errorf("byte by byte the messages are others:\n%v\n%v", want, got)
		}
	})
}

func prelude(state string) []wire.Segment {
	var segments []wire.Segment
	d := wire.ServerToClient
	for _, text := range preludes[state] {
		segments = append(segments, wire.Segment{Dir: d, Bytes: []byte(text)})
		d = d.Other()
	}
	return segments
}

// feed reads the state's prelude and the segments with one decoder, as a
// conversation does, to their end.
func feed(state string, segments []wire.Segment) []message.Message {
	d := pop3.NewDecoder()
	var all []message.Message
	var pending [2][]byte
	read := func(dir wire.Dir) bool {
		messages, n := d.Decode(dir, pending[dir])
		all = append(all, messages...)
		pending[dir] = pending[dir][n:]
		return n > 0
	}
	for _, s := range append(prelude(state), segments...) {
		pending[s.Dir] = append(bytes.Clone(pending[s.Dir]), s.Bytes...)
		for moved := true; moved && d.Upgrade() == ""; {
			moved = read(s.Dir)
			moved = read(s.Dir.Other()) || moved
		}
	}
	for _, dir := range []wire.Dir{wire.ClientToServer, wire.ServerToClient} {
		all = append(all, d.Flush(dir, pending[dir])...)
	}
	return all
}
