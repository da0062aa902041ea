package decodertest

import (
	"slices"

	"surel/protocols/wire"
)

// split cuts the segment that holds byte at of the conversation in two.
func split(segments []wire.Segment, at int) []wire.Segment {
	out := make([]wire.Segment, 0, len(segments)+1)
	for _, s := range segments {
		if 0 < at && at < len(s.Bytes) {
			head, tail := s, s
			head.Bytes, tail.Bytes = s.Bytes[:at], s.Bytes[at:]
			out = append(out, head, tail)
		} else {
			out = append(out, s)
		}
		at -= len(s.Bytes)
	}
	return out
}

// truncate keeps the first n bytes of the conversation.
func truncate(segments []wire.Segment, n int) []wire.Segment {
	var out []wire.Segment
	for _, s := range segments {
		if n <= 0 {
			break
		}
		s.Bytes = s.Bytes[:min(n, len(s.Bytes))]
		n -= len(s.Bytes)
		out = append(out, s)
	}
	return out
}

// Bytewise cuts every segment into single bytes.
func Bytewise(segments []wire.Segment) []wire.Segment { return pieces(segments, 1) }

// pieces cuts every segment into pieces of n bytes.
func pieces(segments []wire.Segment, n int) []wire.Segment {
	var out []wire.Segment
	for _, s := range segments {
		for b := range slices.Chunk(s.Bytes, n) {
			one := s
			one.Bytes = b
			out = append(out, one)
		}
	}
	return out
}

func size(segments []wire.Segment) (n int) {
	for _, s := range segments {
		n += len(s.Bytes)
	}
	return n
}
