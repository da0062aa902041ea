package mailbox

import (
	"os"
	"path/filepath"
)

// createIn makes a file that must not exist yet.
func createIn(dir *os.File, name string) (*os.File, error) {
	return os.OpenFile(filepath.Join(dir.Name(), name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

// move takes a file from one folder to another under the same name.
func move(from, to *os.File, name string) error {
	return os.Rename(filepath.Join(from.Name(), name), filepath.Join(to.Name(), name))
}

// syncDir does nothing: Windows lets no folder be forced to the disk, and
// writes its names by itself.
func syncDir(*os.File) error { return nil }
