package imap_test

import (
	"flag"
	"os"
	"testing"

	"surel/protocols/decodertest"
	"surel/protocols/imap"
	"surel/protocols/tls"
)

var update = flag.Bool("update", false, "write the golden files anew")

// testdata holds the recorded conversations.
var testdata = os.DirFS("testdata")

func TestRecordings(t *testing.T) {
	t.Parallel()
	decodertest.Recordings(t, testdata, *update, os.WriteFile, imap.Notes, tls.Notes)
}
