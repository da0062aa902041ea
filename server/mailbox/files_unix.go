//go:build !windows

package mailbox

import (
	"errors"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// Names are looked up from the folder on, not from the root: with a few words
// of SMTP per letter, the walk along the path would be a good part of the work.

// createIn makes a file that must not exist yet.
func createIn(dir *os.File, name string) (*os.File, error) {
	for {
		fd, err := unix.Openat(int(dir.Fd()), name, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL|unix.O_CLOEXEC, 0o600)
		if err == nil {
			return os.NewFile(uintptr(fd), name), nil
		}
		if !errors.Is(err, unix.EINTR) {
			return nil, &os.PathError{Op: "create", Path: filepath.Join(dir.Name(), name), Err: err}
		}
	}
}

// moveTo takes a file from one folder to another and gives it a name there.
func moveTo(from *os.File, name string, to *os.File, newName string) error {
	for {
		err := unix.Renameat(int(from.Fd()), name, int(to.Fd()), newName)
		if err == nil {
			return nil
		}
		if !errors.Is(err, unix.EINTR) {
			return &os.LinkError{
				Op: "rename", Old: filepath.Join(from.Name(), name), New: filepath.Join(to.Name(), newName), Err: err,
			}
		}
	}
}

// syncDir forces a folder's names to the disk.
func syncDir(dir *os.File) error { return dir.Sync() }
