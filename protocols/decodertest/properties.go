package decodertest

import (
	"fmt"
	"io/fs"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"surel/protocols/message"
	"surel/protocols/wire"
)

// Essence is what must not depend on how the stream was cut into segments.
type Essence struct {
	Raw, Name, Note, State, Mistake, Summary string
	Answers                                  int32
	Dir                                      wire.Dir
	Pipelined, Malformed                     bool
}

// Essences gives it of all messages. A compressed stream of IMAP has no messages
// of its own, so what follows itself there is one.
func Essences(messages []message.Message) []Essence {
	all := make([]Essence, 0, len(messages))
	for _, m := range messages {
		e := Essence{
			string(m.Raw), m.Name, m.Note, m.State, m.Mistake, m.Summary(), m.Answers, m.Dir, m.Pipelined, m.Malformed,
		}
		if last := len(all) - 1; m.Name == "compressed" {
			e.Summary = ""
			if last >= 0 && all[last].Name == m.Name && all[last].Dir == m.Dir {
				all[last].Raw += e.Raw
				continue
			}
		}
		all = append(all, e)
	}
	return all
}

// step is how far apart the places of a long conversation are that are tried: as
// many as would take long are too many.
func step(segments []wire.Segment) int { return 1 + size(segments)/2000 }

// Segmentation feeds every conversation with every place of a cut.
func Segmentation(t *testing.T, testdata fs.FS) {
	t.Helper()
	Each(t, testdata, func(t *testing.T, c wire.Conn, segments []wire.Segment) {
		if c.Datagrams {
			return // each is whole, wherever another may end
		}
		want := Essences(Decode(t, c, segments))
		for at := 1; at < size(segments); at += step(segments) {
			if got := Essences(Decode(t, c, split(segments, at))); !slices.Equal(want, got) {
				t.Fatalf("cut after byte %d:\n%s", at, cmp.Diff(want, got))
			}
		}
		if diff := cmp.Diff(want, Essences(Decode(t, c, Bytewise(segments)))); diff != "" {
			t.Fatalf("byte by byte:\n%s", diff)
		}
	})
}

// Truncated ends every conversation after every byte.
func Truncated(t *testing.T, testdata fs.FS) {
	t.Helper()
	Each(t, testdata, func(t *testing.T, c wire.Conn, segments []wire.Segment) {
		for n := 1; n <= size(segments); n += step(segments) {
			part := truncate(segments, n)
			messages := Decode(t, c, part)
			path := fmt.Sprintf("first %d bytes:", n)
			Messages(t, messages, path)
			Lossless(t, messages, part, path)
		}
	})
}

// OneSided reads only what the client, and only what the server said.
func OneSided(t *testing.T, testdata fs.FS) {
	t.Helper()
	Each(t, testdata, func(t *testing.T, c wire.Conn, segments []wire.Segment) {
		for _, d := range []wire.Dir{wire.ClientToServer, wire.ServerToClient} {
			var side []wire.Segment
			for _, s := range segments {
				if s.Dir == d {
					side = append(side, s)
				}
			}
			messages := Decode(t, c, side)
			Messages(t, messages, d.String())
			Lossless(t, messages, side, d.String())
		}
	})
}
