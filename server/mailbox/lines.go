package mailbox

import (
	"bytes"
	"errors"
)

// LineSize gives how many octets a letter has where each of its lines ends with
// CR LF, the last one too: so POP3 sends it (RFC 1939 §11). IMAP sends the file
// as it is.
func LineSize(letter []byte) int64 {
	size := int64(len(letter) + bytes.Count(letter, []byte("\n")) - bytes.Count(letter, []byte("\r\n")))
	if len(letter) > 0 && letter[len(letter)-1] != '\n' {
		size += 2
	}
	return size
}

// LineSizes gives the LineSize of each letter of a snapshot. A letter is read
// once for it in its life: the index remembers the answer. One that has gone
// keeps the size of its file.
func (f *Folder) LineSizes(s *Snapshot) ([]int64, error) {
	sizes := make([]int64, len(s.Letters))
	measured := map[uint32]int64{}
	for i, l := range s.Letters {
		sizes[i] = l.lines
		if l.lines != 0 {
			continue
		}
		switch letter, err := f.Read(l.UID); {
		case errors.Is(err, ErrGone):
			sizes[i] = l.Size
		case err != nil:
			return nil, err
		default:
			sizes[i] = LineSize(letter)
			measured[l.UID] = sizes[i]
		}
	}
	if err := f.remember(measured); err != nil {
		return nil, f.errorf("write the index of", err)
	}
	return sizes, nil
}

// remember keeps what letters have been measured to be.
func (f *Folder) remember(measured map[uint32]int64) error {
	f.box.mu.Lock()
	defer f.box.mu.Unlock()
	var lines []byte
	for uid, size := range measured {
		l := f.find(uid)
		if l == nil || l.lines == size {
			delete(measured, uid)
			continue
		}
		l.lines = size
		lines = appendLine(lines, l)
	}
	if len(lines) == 0 || f.index == nil {
		return nil
	}
	f.current = nil // the next snapshot knows the sizes
	return f.index.add(lines, len(measured), false)
}
