package tls

import "encoding/binary"

// hello is what the reading of all else depends on in a ClientHello or a
// ServerHello.
type hello struct {
	legacy     uint16
	chosen     uint16 // by supported_versions; in a ClientHello the highest
	random     [32]byte
	suite      uint16 // that the server chose
	serverName string
	protocol   string // by ALPN, the server's choice
	earlyData  bool
	macLater   bool // encrypt_then_mac
}

// version gives the version that is offered or chosen.
func (h *hello) version() uint16 {
	if h.chosen != 0 {
		return h.chosen
	}
	return h.legacy
}

// scan takes bytes from the front of a message, and knows when there are too few.
type scan struct {
	b  []byte
	ok bool
}

func (s *scan) take(n int) []byte {
	if !s.ok || n > len(s.b) {
		s.ok = false
		return nil
	}
	out := s.b[:n]
	s.b = s.b[n:]
	return out
}

func (s *scan) number(size int) (n int) {
	for _, b := range s.take(size) {
		n = n<<8 | int(b)
	}
	return n
}

func (s *scan) vector(size int) *scan {
	n := s.number(size)
	return &scan{s.take(n), s.ok}
}

// readHello reads a ClientHello or a ServerHello; false where it cannot be read.
func readHello(raw []byte) (hello, bool) {
	s := &scan{raw, len(raw) > handshakeHeader}
	s.take(handshakeHeader)
	h := hello{legacy: uint16(s.number(2))}
	copy(h.random[:], s.take(32))
	s.vector(1) // the session's id
	fromClient := raw[0] == typeClientHello
	if fromClient {
		s.vector(2) // suites
		s.vector(1) // compression
	} else {
		h.suite = uint16(s.number(2))
		s.take(1)
	}
	if !s.ok || len(s.b) == 0 {
		return h, s.ok
	}
	for list := s.vector(2); list.ok && len(list.b) > 0; {
		kind := list.number(2)
		h.extension(kind, list.vector(2), fromClient)
	}
	return h, s.ok
}

func (h *hello) extension(kind int, data *scan, fromClient bool) {
	switch kind {
	case 0:
		if names := data.vector(2); fromClient && names.number(1) == 0 {
			h.serverName = string(names.vector(2).b)
		}
	case 16:
		h.protocol = string(data.vector(2).vector(1).b)
	case 22:
		h.macLater = true
	case 42:
		h.earlyData = true
	case 43:
		if !fromClient {
			h.chosen = uint16(data.number(2))
			return
		}
		for list := data.vector(1); list.ok && len(list.b) > 1; {
			if v := binary.BigEndian.Uint16(list.take(2)); !grease(v) && v > h.chosen && v <= version13 {
				h.chosen = v
			}
		}
	}
}

// certificatesIn gives the certificates of a Certificate message, as many as can be
// read.
func certificatesIn(raw []byte, modern bool) (all [][]byte) {
	s := &scan{raw, len(raw) > handshakeHeader}
	s.take(handshakeHeader)
	if modern {
		s.vector(1)
	}
	for list := s.vector(3); list.ok && len(list.b) > 0; {
		der := list.vector(3)
		if modern {
			list.vector(2)
		}
		if der.ok {
			all = append(all, der.b)
		}
	}
	return all
}
