package mailbox

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// indexFile lies beside tmp, new and cur. It is text, so that it can be read
// with the eyes: a first line with the UIDVALIDITY and the lowest UID that was
// never used, then one line for each letter that came, "+ UID SIZE TIME NAME"
// or "+ UID SIZE/LINES TIME NAME" with its size as lines, and for each that
// went, "- UID". A second line for a letter replaces the first. Lines are only added; when many letters have
// gone the file is written anew under another name and put in its place.
//
// A letter's line is on the disk before anyone is told its UID, and a UID that
// stands in no line was told to no one. So whatever moment a crash picks, no
// UID is used twice.
const indexFile = "surel.index"

const indexMagic = "surel-index 1 "

var errIndex = errors.New("index cannot be read")

// known is what an index says of one letter.
type known struct {
	uid            uint32
	size, received int64
	lines          int64 // size as lines; 0: not measured
}

// index is the open index of a folder.
type index struct {
	path     string
	file     *os.File
	validity uint32
	next     uint32 // the lowest UID that stands in no line
	lines    int    // beside the first
	fsync    bool
}

// openIndex reads an index. Where there is none, or one that cannot be read,
// it is errIndex or fs.ErrNotExist and the folder needs a new one.
func openIndex(dir string, fsync bool) (*index, map[string]known, error) {
	path := filepath.Join(dir, indexFile)
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, err
	}
	whole := bytes.LastIndexByte(text, '\n') + 1 // a crash may have cut the last line
	x := &index{path: path, fsync: fsync}
	letters, err := x.parse(string(text[:whole]))
	if err != nil {
		return nil, nil, err
	}
	if x.file, err = os.OpenFile(path, os.O_WRONLY, 0o600); err != nil {
		return nil, nil, err
	}
	if err := x.cut(int64(whole)); err != nil {
		return nil, nil, errors.Join(err, x.close())
	}
	return x, letters, nil
}

// cut sets the end of the file, behind which the next line goes.
func (x *index) cut(size int64) error {
	if err := x.file.Truncate(size); err != nil {
		return err
	}
	_, err := x.file.Seek(size, io.SeekStart)
	return err
}

func (x *index) parse(text string) (map[string]known, error) {
	head, lines, ok := strings.Cut(text, "\n")
	validity, next, spaced := strings.Cut(strings.TrimPrefix(head, indexMagic), " ")
	v, err1 := strconv.ParseUint(validity, 10, 32)
	n, err2 := strconv.ParseUint(next, 10, 32)
	if !ok || !spaced || !strings.HasPrefix(head, indexMagic) || v == 0 || n == 0 || errors.Join(err1, err2) != nil {
		return nil, errIndex
	}
	x.validity, x.next = uint32(v), uint32(n)
	letters := make(map[string]known, strings.Count(lines, "\n"))
	for line := range strings.SplitSeq(strings.TrimSuffix(lines, "\n"), "\n") {
		if line == "" {
			continue
		}
		x.lines++
		if line[0] == '-' {
			continue // its file has gone too
		}
		k, name, err := parseLine(line)
		if err != nil {
			return nil, err
		}
		letters[name] = k
		x.next = max(x.next, k.uid+1)
	}
	return letters, nil
}

func parseLine(line string) (k known, name string, err error) {
	rest, plus := strings.CutPrefix(line, "+ ")
	uid, rest, _ := strings.Cut(rest, " ")
	sizes, rest, _ := strings.Cut(rest, " ")
	received, name, _ := strings.Cut(rest, " ")
	size, lines, measured := strings.Cut(sizes, "/")
	if !measured {
		lines = "0"
	}
	n, err := strconv.ParseUint(uid, 10, 32)
	k.uid = uint32(n)
	var errs [3]error
	k.size, errs[0] = strconv.ParseInt(size, 10, 64)
	k.lines, errs[1] = strconv.ParseInt(lines, 10, 64)
	k.received, errs[2] = strconv.ParseInt(received, 10, 64)
	if !plus || errors.Join(err, errs[0], errs[1], errs[2]) != nil || name == "" || n == 0 || n == 1<<32-1 {
		return known{}, "", fmt.Errorf("%w: line %q", errIndex, line)
	}
	return k, name, nil
}

// appendLine writes a letter as a line of an index.
func appendLine(b []byte, l *letter) []byte {
	b = append(b, "+ "...)
	b = strconv.AppendUint(b, uint64(l.UID), 10)
	b = append(b, ' ')
	b = strconv.AppendInt(b, l.Size, 10)
	if l.lines != 0 {
		b = append(b, '/')
		b = strconv.AppendInt(b, l.lines, 10)
	}
	b = append(b, ' ')
	b = strconv.AppendInt(b, l.received, 10)
	b = append(b, ' ')
	b = append(b, l.Name...)
	return append(b, '\n')
}

// add puts lines at the end of the index; with sync they are on the disk
// afterwards. Where it fails, none of them counts.
func (x *index) add(lines []byte, count int, sync bool) error {
	end, err := x.file.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	if _, err = x.file.Write(lines); err == nil && sync && x.fsync {
		err = x.file.Sync()
	}
	if err != nil {
		return errors.Join(err, x.cut(end))
	}
	x.lines += count
	return nil
}

// writeIndex makes an index of these letters and puts it in the place of what
// was there.
func writeIndex(dir string, validity, next uint32, letters []letter, fsync bool) (*index, error) {
	b := make([]byte, 0, 64+80*len(letters))
	b = fmt.Appendf(b, indexMagic+"%d %d\n", validity, next)
	for i := range letters {
		b = appendLine(b, &letters[i])
	}
	path := filepath.Join(dir, indexFile)
	if err := replaceFile(path, b, fsync); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	x := &index{path: path, file: file, validity: validity, next: next, lines: len(letters), fsync: fsync}
	if err := x.cut(int64(len(b))); err != nil {
		return nil, errors.Join(err, x.close())
	}
	return x, nil
}

func (x *index) close() error {
	if x == nil {
		return nil
	}
	return x.file.Close()
}

// replaceFile writes a file so that a crash leaves either the old or the new
// one.
func replaceFile(path string, text []byte, fsync bool) error {
	tmp := path + ".new"
	f, err := os.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err == nil && fsync {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(tmp, path)
	}
	if err == nil && fsync {
		err = SyncDir(filepath.Dir(path))
	}
	return err
}

// noIndex tells that a folder needs a new index.
func noIndex(err error) bool { return errors.Is(err, fs.ErrNotExist) || errors.Is(err, errIndex) }
