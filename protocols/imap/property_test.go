package imap_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// checkMessages holds messages, and what they carry, to what every consumer
// relies on.
func checkMessages(t testing.TB, messages []message.Message, path string) {
	t.Helper()
	for i := range messages {
		m := &messages[i]
		here := fmt.Sprintf("%s message %d (%s %q)", path, i+1, m.Name, shorten(m.Raw))
		fields := m.Fields()
		if err := field.Check(fields, len(m.Raw)); err != nil {
			t.Errorf("%s: %v", here, err)
		}
		if m.Malformed && !saysWhy(fields) {
			t.Errorf("%s is malformed, and its tree does not say why", here)
		}
		if m.Name == "" || m.Note == "" || m.State == "" {
			t.Errorf("%s lacks a name, a note or a state", here)
		}
		if int(m.Answers) > i || m.Answers > 0 && messages[m.Answers-1].Dir == m.Dir {
			t.Errorf("%s answers message %d", here, m.Answers)
		}
		_ = m.Summary()
		checkMessages(t, m.Inner(), here)
	}
}

func saysWhy(fields []field.Field) (says bool) {
	field.Walk(fields, func(f *field.Field, _ int) { says = says || f.Err != "" })
	return says
}

func shorten(b []byte) []byte { return b[:min(len(b), 40)] }

// checkLossless tells whether the messages hold every byte of each direction,
// in order.
func checkLossless(t testing.TB, messages []message.Message, segments []wire.Segment, path string) {
	t.Helper()
	var sent, read [2][]byte
	for _, s := range segments {
		sent[s.Dir] = append(sent[s.Dir], s.Bytes...)
	}
	for _, m := range messages {
		read[m.Dir] = append(read[m.Dir], m.Raw...)
	}
	for d := range sent {
		if !bytes.Equal(sent[d], read[d]) {
			t.Errorf("%s: of what %s sent\n%q\nthe messages hold\n%q", path, wire.Dir(d), sent[d], read[d])
		}
	}
}

// split cuts the segment that holds byte at of the conversation in two.
func split(segments []wire.Segment, at int) []wire.Segment {
	out := make([]wire.Segment, 0, len(segments)+1)
	for _, s := range segments {
		if 0 < at && at < len(s.Bytes) {
			head, tail := s, s
			head.Bytes, tail.Bytes = s.Bytes[:at], s.Bytes[at:]
			out = append(out, head, tail)
		} else {
			out = append(out, s)
		}
		at -= len(s.Bytes)
	}
	return out
}

// truncate keeps the first n bytes of the conversation.
func truncate(segments []wire.Segment, n int) []wire.Segment {
	var out []wire.Segment
	for _, s := range segments {
		if n <= 0 {
			break
		}
		s.Bytes = s.Bytes[:min(n, len(s.Bytes))]
		n -= len(s.Bytes)
		out = append(out, s)
	}
	return out
}

// bytewise cuts every segment into single bytes.
func bytewise(segments []wire.Segment) []wire.Segment {
	var out []wire.Segment
	for _, s := range segments {
		for i := range s.Bytes {
			one := s
			one.Bytes = s.Bytes[i : i+1]
			out = append(out, one)
		}
	}
	return out
}

func size(segments []wire.Segment) (n int) {
	for _, s := range segments {
		n += len(s.Bytes)
	}
	return n
}

// essence is what must not depend on how the stream was cut into segments.
type essence struct {
	Raw, Name, Note, State, Mistake, Summary string
	Answers                                  int32
	Dir                                      wire.Dir
	Pipelined, Malformed                     bool
}

// essences gives it of all messages. A compressed stream has no messages of its
// own, so what follows itself there is one.
func essences(messages []message.Message) []essence {
	var all []essence
	for _, m := range messages {
		e := essence{
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

// TestSegmentation feeds every conversation with every place of a cut.
func TestSegmentation(t *testing.T) {
	t.Parallel()
	forEachRecording(t, func(t *testing.T, c wire.Conn, segments []wire.Segment) {
		want := essences(decode(t, c, segments))
		for at := 1; at < size(segments); at++ {
			if got := essences(decode(t, c, split(segments, at))); !slices.Equal(want, got) {
				t.Fatalf("cut after byte %d:\n%s", at, cmp.Diff(want, got))
			}
		}
		if diff := cmp.Diff(want, essences(decode(t, c, bytewise(segments)))); diff != "" {
			t.Fatalf("byte by byte:\n%s", diff)
		}
	})
}

// TestTruncated ends every conversation after every byte.
func TestTruncated(t *testing.T) {
	t.Parallel()
	forEachRecording(t, func(t *testing.T, c wire.Conn, segments []wire.Segment) {
		for n := 1; n <= size(segments); n++ {
			part := truncate(segments, n)
			messages := decode(t, c, part)
			path := fmt.Sprintf("first %d bytes:", n)
			checkMessages(t, messages, path)
			checkLossless(t, messages, part, path)
		}
	})
}

// TestOneSided reads only what the client, and only what the server said.
func TestOneSided(t *testing.T) {
	t.Parallel()
	forEachRecording(t, func(t *testing.T, c wire.Conn, segments []wire.Segment) {
		for _, d := range []wire.Dir{wire.ClientToServer, wire.ServerToClient} {
			var side []wire.Segment
			for _, s := range segments {
				if s.Dir == d {
					side = append(side, s)
				}
			}
			messages := decode(t, c, side)
			checkMessages(t, messages, d.String())
			checkLossless(t, messages, side, d.String())
		}
	})
}

func forEachRecording(t *testing.T, test func(*testing.T, wire.Conn, []wire.Segment)) {
	t.Helper()
	for _, name := range recordings(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			c, segments := recording(t, name)
			test(t, c, segments)
		})
	}
}
