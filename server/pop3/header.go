package pop3

import (
	"bufio"
	"bytes"
)

// maxHeader is how much of a header is looked at, in bytes.
const maxHeader = 64 << 10

// hasEightBitHeader tells whether a letter's header holds anything but ASCII.
// It reads nothing away.
func hasEightBitHeader(letter *bufio.Reader) bool {
	_, _ = letter.Peek(1) // one read of the file
	for size := letter.Buffered(); ; size = letter.Buffered() {
		seen, _ := letter.Peek(size)
		if end := headerEnd(seen); end >= 0 {
			return hasEightBit(seen[:end])
		}
		if size == letter.Size() {
			return hasEightBit(seen)
		}
		if _, err := letter.Peek(size + 1); err != nil {
			return hasEightBit(seen)
		}
	}
}

// headerEnd gives where the header ends that b begins with; -1 where it does
// not end in b.
func headerEnd(b []byte) int {
	for at := 0; at < len(b); {
		n := bytes.IndexByte(b[at:], '\n')
		if n < 0 {
			return -1
		}
		if n == 0 || n == 1 && b[at] == '\r' {
			return at
		}
		at += n + 1
	}
	return -1
}

func hasEightBit(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return true
		}
	}
	return false
}
