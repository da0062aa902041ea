package dns_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"surel/protocols/decodertest"
	"surel/protocols/dns"
	"surel/protocols/wire"
)

var update = flag.Bool("update", false, "write the golden files anew")

// testdata holds the recorded conversations.
var testdata = os.DirFS("testdata")

func TestGolden(t *testing.T) {
	t.Parallel()
	var write func(name string, text []byte) error
	if *update {
		write = func(name string, text []byte) error {
			return os.WriteFile(filepath.Join("testdata", name), text, 0o644)
		}
	}
	decodertest.Golden(t, testdata, write)
}

func TestSegmentation(t *testing.T) {
	t.Parallel()
	decodertest.Segmentation(t, testdata)
}

func TestTruncated(t *testing.T) {
	t.Parallel()
	decodertest.Truncated(t, testdata)
}

func TestOneSided(t *testing.T) {
	t.Parallel()
	decodertest.OneSided(t, testdata)
}

// TestMessagesHaveNotes looks up the notes of every message of every
// recording and of its mistakes: each key has a note of its own.
func TestMessagesHaveNotes(t *testing.T) {
	t.Parallel()
	decodertest.Each(t, testdata, func(t *testing.T, c wire.Conn, segments []wire.Segment) {
		talk := decodertest.Decode(t, c, segments)
		for i := range talk {
			decodertest.Notes(t, &talk[i], dns.Notes)
		}
	})
}
