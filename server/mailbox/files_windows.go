package mailbox

import (
	"os"
	"path/filepath"
)

// createIn makes a file that must not exist yet.
func createIn(dir *os.File, name string) (*os.File, error) {
	return os.OpenFile(filepath.Join(dir.Name(), name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

// moveTo takes a file from one folder to another and gives it a name there.
func moveTo(from *os.File, name string, to *os.File, newName string) error {
	return os.Rename(filepath.Join(from.Name(), name), filepath.Join(to.Name(), newName))
}

// syncDir does nothing: Windows lets no folder be forced to the disk, and
// writes its names by itself.
func syncDir(*os.File) error { return nil }
