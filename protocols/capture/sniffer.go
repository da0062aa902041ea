package capture

import (
	"encoding/binary"
	"io"
)

// The numbers of blocks (draft-ietf-opsawg-pcapng §4).
const (
	blockSection = 0x0a0d0d0a
	blockSecrets = 0x0000000a
)

// secretsTLS says that secrets are lines of a key log.
const secretsTLS = 0x544c534b

// maxSecrets bounds how much of a block of secrets is kept, in bytes.
const maxSecrets = 64 << 20

// sniffer looks for blocks of secrets in a pcapng file while it is read. The
// library reads over them without saying what they hold.
type sniffer struct {
	r     io.Reader
	found func([]byte)

	order binary.ByteOrder
	head  []byte // of the block that begins
	left  int64  // bytes of the block that follow
	keep  []byte // its content, where it holds secrets
	wants bool
}

func (s *sniffer) Read(b []byte) (int, error) {
	n, err := s.r.Read(b)
	s.look(b[:n])
	return n, err
}

// headLen is how much of a block is looked at: its type and length, and what tells
// the order of bytes or the kind of secrets.
const headLen = 12

func (s *sniffer) look(b []byte) {
	for len(b) > 0 {
		if s.left > 0 {
			n := min(int64(len(b)), s.left)
			if s.wants && len(s.keep) < maxSecrets {
				s.keep = append(s.keep, b[:n]...)
			}
			b = b[n:]
			if s.left -= n; s.left == 0 {
				s.end()
			}
			continue
		}
		n := min(headLen-len(s.head), len(b))
		s.head = append(s.head, b[:n]...)
		b = b[n:]
		if len(s.head) == headLen {
			s.begin()
		}
	}
}

func (s *sniffer) begin() {
	if binary.LittleEndian.Uint32(s.head) == blockSection {
		s.order = binary.LittleEndian
		if binary.BigEndian.Uint32(s.head[8:]) == 0x1a2b3c4d {
			s.order = binary.BigEndian
		}
	}
	if s.order == nil {
		s.left = 1 << 62 // no section began: nothing is found
		return
	}
	length := int64(s.order.Uint32(s.head[4:]))
	s.wants = s.order.Uint32(s.head) == blockSecrets && s.order.Uint32(s.head[8:]) == secretsTLS
	s.head = s.head[:0]
	if s.left = length - headLen; s.left <= 0 {
		s.left = 1 << 62 // the file is damaged here
	}
}

// end gives the secrets of a block that is complete.
func (s *sniffer) end() {
	if s.wants && len(s.keep) >= 4 {
		n := int(s.order.Uint32(s.keep))
		s.found(s.keep[4:min(4+max(n, 0), len(s.keep))])
	}
	s.keep, s.wants = nil, false
}
