package lessons

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// NewFolder makes a folder with a small lesson that works, to begin one's own with.
// A folder that has something in it is left as it is, and is an error.
func NewFolder(dir string) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return fmt.Errorf("%s has something in it already; name a new folder", dir)
	}
	template, err := fs.Sub(content, "content/template")
	if err != nil {
		return fmt.Errorf("make a lesson: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(filepath.Clean(dir)), 0o750); err != nil {
		return fmt.Errorf("make a lesson: %w", err)
	}
	if err := os.CopyFS(dir, template); err != nil {
		return fmt.Errorf("make a lesson: %w", err)
	}
	return nil
}
