package mailbox

import "os"

func rename(from, to string) error { return os.Rename(from, to) }

// SyncDir does nothing: Windows lets no folder be forced to the disk, and
// writes its names by itself.
func SyncDir(string) error { return nil }
