package smtp_test

import (
	"bytes"
	"slices"
	"testing"

	"surel/protocols/message"
	"surel/protocols/smtp"
	"surel/protocols/wire"
)

// preludes lead a conversation into each state; what the fuzzer makes up
// follows. Lines alternate from the server's greeting on.
var preludes = map[string][]string{
	"connect":  nil,
	"greeting": {"220 mx1\r\n"},
	"ready":    {"220 mx1\r\n", "EHLO a\r\n", offered},
	"mail":     {"220 mx1\r\n", "EHLO a\r\n", offered, "MAIL FROM:<a@a.test>\r\n", "250 Ok\r\n"},
	"rcpt":     {"220 mx1\r\n", "EHLO a\r\n", offered, envelope, "250 Ok\r\n250 Ok\r\n"},
	"data":     {"220 mx1\r\n", "EHLO a\r\n", offered, envelope + "DATA\r\n", "250 Ok\r\n250 Ok\r\n354 Go\r\n"},
	"bdat":     {"220 mx1\r\n", "EHLO a\r\n", offered, envelope + "BDAT 2\r\nab", "250 Ok\r\n250 Ok\r\n250 Ok\r\n"},
	"auth":     {"220 mx1\r\n", "EHLO a\r\n", offered, "AUTH LOGIN\r\n", "334 VXNlcm5hbWU6\r\n"},
	"starttls": {"220 mx1\r\n", "EHLO a\r\n", offered, "STARTTLS\r\n"},
}

const (
	offered  = "250-mx1\r\n250-SIZE 1000\r\n250-AUTH PLAIN LOGIN\r\n250-CHUNKING\r\n250 STARTTLS\r\n"
	envelope = "MAIL FROM:<a@a.test>\r\nRCPT TO:<b@b.test>\r\n"
)

func FuzzConnect(f *testing.F)  { fuzzState(f, "connect") }
func FuzzGreeting(f *testing.F) { fuzzState(f, "greeting") }
func FuzzReady(f *testing.F)    { fuzzState(f, "ready") }
func FuzzMail(f *testing.F)     { fuzzState(f, "mail") }
func FuzzRcpt(f *testing.F)     { fuzzState(f, "rcpt") }
func FuzzData(f *testing.F)     { fuzzState(f, "data") }
func FuzzBdat(f *testing.F)     { fuzzState(f, "bdat") }
func FuzzAuth(f *testing.F)     { fuzzState(f, "auth") }
func FuzzStartTLS(f *testing.F) { fuzzState(f, "starttls") }

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
	d := smtp.NewDecoder()
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
