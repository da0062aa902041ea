package imap_test

import (
	"bytes"
	"slices"
	"testing"

	"surel/protocols/decodertest"
	"surel/protocols/imap"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// preludes lead a conversation into each state; what the fuzzer makes up
// follows. Lines alternate from the server's greeting on.
var preludes = map[string][]string{
	"connect":          nil,
	"notAuthenticated": {greeted},
	"authenticated":    {loggedIn},
	"selected":         {loggedIn, "a SELECT INBOX\r\n", selected},
	"auth":             {greeted, "a AUTHENTICATE LOGIN\r\n", "+ VXNlcm5hbWU6\r\n"},
	"append":           {loggedIn, "a APPEND INBOX {3}\r\n", "+ go\r\n"},
	"idle":             {loggedIn, "a SELECT INBOX\r\n", selected, "b IDLE\r\n", "+ idling\r\n"},
	"fetch":            {loggedIn, "a SELECT INBOX\r\n", selected, "b FETCH 1 (BODY[] ENVELOPE)\r\n"},
	"starttls":         {greeted, "a STARTTLS\r\n"},
	"compress":         {loggedIn, "a COMPRESS DEFLATE\r\n"},
}

const (
	greeted  = "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN STARTTLS] mx1\r\n"
	loggedIn = "* PREAUTH [CAPABILITY IMAP4rev1 LITERAL- IDLE COMPRESS=DEFLATE] mx1\r\n"
	selected = "* 3 EXISTS\r\na OK [READ-WRITE] ok\r\n"
)

func FuzzConnect(f *testing.F)          { fuzzState(f, "connect") }
func FuzzNotAuthenticated(f *testing.F) { fuzzState(f, "notAuthenticated") }
func FuzzAuthenticated(f *testing.F)    { fuzzState(f, "authenticated") }
func FuzzSelected(f *testing.F)         { fuzzState(f, "selected") }
func FuzzAuth(f *testing.F)             { fuzzState(f, "auth") }
func FuzzAppend(f *testing.F)           { fuzzState(f, "append") }
func FuzzIdle(f *testing.F)             { fuzzState(f, "idle") }
func FuzzFetch(f *testing.F)            { fuzzState(f, "fetch") }
func FuzzStartTLS(f *testing.F)         { fuzzState(f, "starttls") }
func FuzzCompress(f *testing.F)         { fuzzState(f, "compress") }

// fuzzState feeds what the client says, what the server replies to it, and
// what the client says then, in the given state.
func fuzzState(f *testing.F, state string) {
	decodertest.Recorded(f, testdata, func(_ wire.Conn, segments []wire.Segment) {
		for i := 2; i < len(segments); i++ {
			f.Add(segments[i-2].Bytes, segments[i-1].Bytes, segments[i].Bytes)
		}
	})
	f.Fuzz(func(t *testing.T, first, reply, second []byte) {
		segments := []wire.Segment{
			{Dir: wire.ClientToServer, Bytes: first},
			{Dir: wire.ServerToClient, Bytes: reply},
			{Dir: wire.ClientToServer, Bytes: second},
		}
		whole := feed(state, segments)
		decodertest.Messages(t, whole, state)
		decodertest.Lossless(t, whole, append(prelude(state), segments...), state)
		want, got := decodertest.Essences(whole), decodertest.Essences(feed(state, decodertest.Bytewise(segments)))
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
	d := imap.NewDecoder()
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
