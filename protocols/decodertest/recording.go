// Package decodertest holds what the decoders of all protocols are tested
// with. A recorded conversation is a file NAME.log in a package's testdata
// folder; start with Each, which runs a test over all of them. Properties are
// held by Segmentation, Truncated, OneSided and Fuzz, and
// Golden compares the messages with a file NAME.golden.
package decodertest

import (
	"io/fs"
	"testing"

	"surel/protocols"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// Each runs a test over every recorded conversation of a folder.
func Each(t *testing.T, testdata fs.FS, test func(*testing.T, wire.Conn, []wire.Segment)) {
	t.Helper()
	for _, name := range recordings(t, testdata) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, segments := recording(t, testdata, name)
			test(t, c, segments)
		})
	}
}

// recordings gives the names of the recorded conversations.
func recordings(t testing.TB, testdata fs.FS) []string {
	t.Helper()
	files, err := fs.Glob(testdata, "*.log")
	if err != nil || len(files) == 0 {
		t.Fatalf("no recordings: %v", err)
	}
	return files
}

// recording reads a recorded conversation.
func recording(t testing.TB, testdata fs.FS, name string) (wire.Conn, []wire.Segment) {
	t.Helper()
	f, err := testdata.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	c, segments, err := wire.ReadText(f)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return c, segments
}

// Decode reads the segments of a connection to its end.
func Decode(t testing.TB, c wire.Conn, segments []wire.Segment) []message.Message {
	t.Helper()
	talk, err := protocols.NewConversation(c.Service)
	if err != nil {
		t.Fatal(err)
	}
	if c.Datagrams {
		talk.Datagrams()
	}
	talk.Keys(c.Secrets)
	for _, s := range segments {
		talk.Feed(s)
	}
	talk.End(wire.Segment{Time: c.Closed})
	return talk.Messages()
}

// Recorded gives every recorded conversation to each.
func Recorded(tb testing.TB, testdata fs.FS, each func(wire.Conn, []wire.Segment)) {
	tb.Helper()
	for _, name := range recordings(tb, testdata) {
		c, segments := recording(tb, testdata, name)
		each(c, segments)
	}
}
