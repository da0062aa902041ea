package mailbox

import "bytes"

// maxHeads bounds the headers that are kept of one folder, in bytes: about
// those of 30,000 letters.
const maxHeads = 16 << 20

// heads keeps the headers of letters, which never change, so that a search
// reads a letter once. They are kept in memory alone.
type heads struct {
	validity uint32
	of       map[uint32][]byte
	size     int
}

// get gives the header of a letter; nil where it is not kept.
func (h *heads) get(validity, uid uint32) []byte {
	if h.validity != validity {
		return nil
	}
	return h.of[uid]
}

// put keeps a header. Where there are too many, the old ones make room
// together: a search asks for all of them in turn, and the last one to be
// dropped would be the next to be asked for.
func (h *heads) put(validity, uid uint32, head []byte) {
	if h.validity != validity || h.size+len(head) > maxHeads {
		*h = heads{validity: validity, of: map[uint32][]byte{}}
	}
	if _, kept := h.of[uid]; kept || len(head) > maxHeads {
		return
	}
	h.of[uid] = bytes.Clone(head)
	h.size += len(head)
}

// drop forgets a letter that has gone.
func (h *heads) drop(uid uint32) {
	h.size -= len(h.of[uid])
	delete(h.of, uid)
}

// keptHead gives the header of a letter where it is kept.
func (f *Folder) keptHead(uid uint32) []byte {
	f.box.mu.Lock()
	defer f.box.mu.Unlock()
	if !f.loaded || f.stalled() || f.find(uid) == nil {
		return nil
	}
	return f.heads.get(f.index.validity, uid)
}

// keepHead keeps the header of a letter.
func (f *Folder) keepHead(uid uint32, head []byte) {
	f.box.mu.Lock()
	defer f.box.mu.Unlock()
	if f.loaded && f.find(uid) != nil {
		f.heads.put(f.index.validity, uid, head)
	}
}

// headOf cuts the body off what was read of a letter.
func headOf(b []byte) []byte {
	end := len(b)
	for _, empty := range []string{"\n\r\n", "\n\n"} {
		if i := bytes.Index(b[:end], []byte(empty)); i >= 0 {
			end = i + len(empty)
		}
	}
	return b[:end]
}
