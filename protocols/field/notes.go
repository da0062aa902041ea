package field

import (
	"embed"
	"io/fs"

	"surel/protocols/note"
)

//go:embed notes
var notes embed.FS

// Notes gives the folder of notes on what the messages of many protocols
// have: punctuation, and bytes that could not be read.
func Notes() fs.FS { return note.Folder(notes) }
