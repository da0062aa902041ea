package maildir

import "strings"

// File is a letter's file in a Maildir.
type File struct {
	// Folder is the folder's name on the disk, such as ".Arsip"; empty for
	// INBOX.
	Folder string
	// Place is "new", "cur" or "tmp".
	Place string
	// Unique is the part of the name that stays the same for ever.
	Unique string
	// Flags is the part that changes, such as ":2,S"; empty where it has none.
	Flags string
}

// infoSign begins the part of a file's name that holds the flags.
const infoSign = ":2,"

// Parse reads the path of a file from the Maildir on, such as
// ".Arsip/cur/1795802448.M1.surel:2,S".
func Parse(path string) File {
	var f File
	dir, name := "", path
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		dir, name = path[:i], path[i+1:]
	}
	f.Place = dir
	if i := strings.LastIndexByte(dir, '/'); i >= 0 {
		f.Folder, f.Place = dir[:i], dir[i+1:]
	}
	f.Unique = name
	if i := strings.LastIndex(name, infoSign); i >= 0 {
		f.Unique, f.Flags = name[:i], name[i:]
	}
	return f
}

// letter tells one letter's file from another's, whatever it is called now.
type letter struct{ folder, unique string }

func (f File) letter() letter { return letter{f.Folder, f.Unique} }
