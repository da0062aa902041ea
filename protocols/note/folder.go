package note

import (
	"embed"
	"io/fs"
)

// Folder gives the folder "notes" of what a package embeds. It panics where
// there is none, which only a wrong directive can cause.
func Folder(files embed.FS) fs.FS {
	dir, err := fs.Sub(files, "notes")
	if err != nil {
		panic(err) // the folder is compiled in
	}
	return dir
}
