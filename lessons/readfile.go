package lessons

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
)

// maxLessonFile is how large a file of a lesson may be, in bytes: a book's worth of text.
const maxLessonFile = 1 << 20

// readFile reads a file of a lesson that somebody wrote, up to maxLessonFile bytes; a
// larger one, or what never ends, is an error. The byte order mark with which some
// editors begin a file is left out.
func readFile(folder fs.FS, name string) ([]byte, error) {
	f, err := folder.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, maxLessonFile+1))
	if err == nil && len(text) > maxLessonFile {
		return nil, fmt.Errorf("%s is larger than %d bytes; a lesson is text, so make it shorter", name, maxLessonFile)
	}
	return bytes.TrimPrefix(text, []byte("\ufeff")), err
}
