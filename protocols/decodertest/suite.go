package decodertest

import (
	"io/fs"
	"path"
	"testing"

	"surel/protocols/note"
	"surel/protocols/wire"
)

// Recordings holds the decoder to everything that the recorded conversations in
// its folder testdata say of it: its trees, whatever way the streams are cut,
// wherever they end, with one side alone, and a note of its own in the catalogues
// for each message and mistake. With update, writeFile writes the golden files
// anew.
func Recordings(t *testing.T, testdata fs.FS, update bool, writeFile func(name string, text []byte, mode fs.FileMode) error, catalogues ...*note.Catalogue) {
	t.Helper()
	var write func(name string, text []byte) error
	if update {
		write = func(name string, text []byte) error { return writeFile(path.Join("testdata", name), text, 0o644) }
	}
	for name, test := range map[string]func(t *testing.T){
		"golden":       func(t *testing.T) { Golden(t, testdata, write) },
		"segmentation": func(t *testing.T) { Segmentation(t, testdata) },
		"truncated":    func(t *testing.T) { Truncated(t, testdata) },
		"one-sided":    func(t *testing.T) { OneSided(t, testdata) },
		"notes": func(t *testing.T) {
			Each(t, testdata, func(t *testing.T, c wire.Conn, segments []wire.Segment) {
				talk := Decode(t, c, segments)
				for i := range talk {
					Notes(t, &talk[i], catalogues...)
				}
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t)
		})
	}
}
