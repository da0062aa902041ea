package mailbox

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	// ownPause is how long a folder that this process changes is believed
	// without looking whether others change it too.
	ownPause = time.Second
	// mtimeGrain is how far apart two changes may lie that a file system gives
	// the same time.
	mtimeGrain = 50 * time.Millisecond
)

// load reads the index and the names of the files, once.
func (f *Folder) load() error {
	if f.loaded {
		return nil
	}
	if err := f.openDirs(); err != nil {
		return err
	}
	x, letters, err := openIndex(f.dir, !f.box.opt.NoFsync)
	if noIndex(err) {
		var validity uint32
		if validity, err = f.box.newValidity(); err == nil {
			x, err = writeIndex(f.dir, validity, 1, nil, !f.box.opt.NoFsync)
		}
	}
	if err != nil {
		return err
	}
	f.index, f.next = x, x.next
	f.letters, f.byName, f.unsaved = nil, map[string]uint32{}, 0
	err = f.readKeywords()
	if err == nil {
		err = f.scan(time.Now(), letters)
	}
	if err != nil {
		_ = x.close()
		f.index = nil
		return err
	}
	f.loaded = true
	return nil
}

// sync takes in what other programs have done to the Maildir. Where nobody has
// been there it costs the times of two folders.
func (f *Folder) sync(now time.Time) error {
	if !f.loaded {
		return f.load()
	}
	if err := f.openDirs(); err != nil {
		return err
	}
	if f.dirty {
		if now.Sub(f.scanned) < ownPause {
			return nil
		}
		return f.scan(now, nil)
	}
	mtimes, err := f.times()
	if err != nil || mtimes == f.mtimes {
		return err
	}
	return f.scan(now, nil)
}

func (f *Folder) times() (t [2]time.Time, err error) {
	for i, dir := range []*os.File{f.fresh, f.cur} {
		info, err := os.Stat(dir.Name())
		if err != nil {
			return t, err
		}
		t[i] = info.ModTime()
	}
	return t, nil
}

// found is a file that a scan has met.
type found struct {
	file  string
	fresh bool
	known bool
}

// scan compares the letters with the files. At the first scan the letters are
// those of the index, and are given.
func (f *Folder) scan(now time.Time, indexed map[string]known) error {
	mtimes, err := f.times()
	if err != nil {
		return err
	}
	files, err := f.files(len(f.letters) + len(indexed))
	if err != nil {
		return err
	}
	if f.missing(files) {
		// Somebody may have renamed a file while the names were read.
		if files, err = f.files(len(files)); err != nil {
			return err
		}
	}
	gone := map[uint32]bool{}
	for i := range f.letters {
		l := &f.letters[i]
		now, ok := files[l.Name]
		if !ok {
			gone[l.UID] = true
			continue
		}
		now.known = true
		files[l.Name] = now
		if now.file != l.file || now.fresh != l.New {
			l.file, l.New = now.file, now.fresh
			l.Flags, _ = parseFlags(l.file[len(l.Name):])
			f.changed()
		}
	}
	if err := f.remove(gone); err != nil {
		return err
	}
	if err := f.takeIn(files, indexed); err != nil {
		return err
	}
	f.mtimes, f.scanned = mtimes, now
	f.dirty = now.Sub(mtimes[0]) < mtimeGrain || now.Sub(mtimes[1]) < mtimeGrain
	return nil
}

// takeIn adds the files that no letter is known for: those of the index under
// their UIDs, the others under new ones.
func (f *Folder) takeIn(files map[string]found, indexed map[string]known) error {
	var unknown []letter
	for name, file := range files {
		if file.known {
			continue
		}
		l := letter{Letter: Letter{Name: name, New: file.fresh}, file: file.file}
		l.Flags, _ = parseFlags(l.file[len(name):])
		if k, ok := indexed[name]; ok {
			l.UID, l.Size, l.lines, l.received = k.uid, k.size, k.lines, k.received
			f.letters = append(f.letters, l)
			f.byName[name] = l.UID
			continue
		}
		info, err := os.Stat(filepath.Join(f.sub(&l).Name(), l.file))
		if errors.Is(err, fs.ErrNotExist) {
			continue // the next scan sees where it went
		}
		if err != nil {
			return err
		}
		if info.IsDir() {
			continue
		}
		l.Size, l.received = info.Size(), info.ModTime().UnixNano()
		unknown = append(unknown, l)
	}
	if indexed != nil {
		slices.SortFunc(f.letters, func(a, b letter) int { return cmpUID(a.UID, b.UID) })
	}
	// Names begin with the time of the delivery.
	slices.SortFunc(unknown, func(a, b letter) int { return strings.Compare(a.Name, b.Name) })
	for _, l := range unknown {
		if f.loaded {
			f.box.used.Add(l.Size)
		}
		f.add(l)
	}
	return nil
}

// missing tells whether a letter has no file.
func (f *Folder) missing(files map[string]found) bool {
	for i := range f.letters {
		if _, ok := files[f.letters[i].Name]; !ok {
			return true
		}
	}
	return false
}

// files gives the letters' files by their unique names. It reads new before
// cur, because files move from new to cur.
func (f *Folder) files(size int) (map[string]found, error) {
	files := make(map[string]found, size)
	for _, dir := range []*os.File{f.fresh, f.cur} {
		names, err := readNames(dir.Name())
		if err != nil {
			return nil, err
		}
		for _, file := range names {
			if file[0] == '.' {
				continue
			}
			name := baseName(file)
			if name != "" {
				files[name] = found{file: file, fresh: dir == f.fresh}
			}
		}
	}
	return files, nil
}

func readNames(dir string) ([]string, error) {
	d, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	names, err := d.Readdirnames(-1)
	if cerr := d.Close(); err == nil {
		err = cerr
	}
	return names, err
}
