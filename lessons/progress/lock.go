package progress

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

const (
	// lockPatience is how long a program waits for another one that writes.
	lockPatience = 3 * time.Second
	// lockAge is the age from which a lock is one that a crash has left; writing
	// takes a small part of it.
	lockAge = 2 * time.Second
	// lockPause is how long a program waits before it looks again.
	lockPause = 5 * time.Millisecond
)

// lock makes the lock file and gives what takes it away.
func lock(file string) (unlock func(), err error) {
	for late := time.Now().Add(lockPatience); ; {
		f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err == nil {
			return func() { _ = os.Remove(file) }, f.Close()
		}
		if !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		if info, err := os.Stat(file); err == nil && time.Since(info.ModTime()) > lockAge {
			_ = os.Remove(file)
			continue
		}
		if time.Now().After(late) {
			return nil, fmt.Errorf("another program keeps %s; close it, or remove the file", file)
		}
		<-time.After(lockPause)
	}
}
