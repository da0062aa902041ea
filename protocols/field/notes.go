package field

import (
	"embed"
	"io/fs"
)

//go:embed notes
var notes embed.FS

// Notes gives the folder of notes on what the messages of many protocols
// have: punctuation, and bytes that could not be read.
func Notes() fs.FS {
	dir, err := fs.Sub(notes, "notes")
	if err != nil {
		panic(err) // the folder is compiled in
	}
	return dir
}
