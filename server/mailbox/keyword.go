package mailbox

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// keywordsFile names the folder's keywords: the first line is what the letter
// "a" in a file name stands for, the second "b", and so on.
const keywordsFile = "surel.keywords"

// ErrKeywords tells that a folder has no letter left for another keyword.
var ErrKeywords = errors.New("folder has as many keywords as it can hold")

func (f *Folder) readKeywords() error {
	text, err := os.ReadFile(filepath.Join(f.dir, keywordsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	f.keywords = strings.Fields(string(text))
	if len(f.keywords) > maxKeywords {
		f.keywords = f.keywords[:maxKeywords]
	}
	return nil
}

// Keyword gives the flag of a keyword, whose letter case does not matter, and
// makes it where the folder does not have it yet.
func (f *Folder) Keyword(name string) (Flags, error) {
	f.box.mu.Lock()
	defer f.box.mu.Unlock()
	if err := f.sync(time.Now()); err != nil {
		return 0, f.errorf("look into", err)
	}
	return f.keyword(name)
}

func (f *Folder) keyword(name string) (Flags, error) {
	for i, k := range f.keywords {
		if strings.EqualFold(k, name) {
			return KeywordFlag(i), nil
		}
	}
	if name == "" || strings.ContainsAny(name, " \t\r\n") {
		return 0, fmt.Errorf("keyword %q: %w", name, ErrName)
	}
	if len(f.keywords) >= maxKeywords {
		return 0, f.errorf("add a keyword to", ErrKeywords)
	}
	names := slices.Concat(f.keywords, []string{name})
	// The name must be on the disk before a file's name speaks of it.
	text := strings.Join(names, "\n") + "\n"
	if err := replaceFile(filepath.Join(f.dir, keywordsFile), []byte(text), !f.box.opt.NoFsync); err != nil {
		return 0, f.errorf("add a keyword to", err)
	}
	f.keywords = names
	f.changed()
	return KeywordFlag(len(names) - 1), nil
}

// translate gives the flags of a letter of another folder their meaning here.
func (f *Folder) translate(flags Flags, from *Folder) (Flags, error) {
	here := flags & (firstKeyword - 1)
	for _, name := range flags.Keywords(from.keywords) {
		k, err := f.keyword(name)
		if err != nil {
			return 0, err
		}
		here |= k
	}
	return here, nil
}
