package line

// Upper gives the capital of an ASCII letter, and every other byte as it is.
func Upper(b byte) byte {
	if 'a' <= b && b <= 'z' {
		return b - 'a' + 'A'
	}
	return b
}

// IsLetter accepts the letters of ASCII.
func IsLetter(b byte) bool { return 'A' <= Upper(b) && Upper(b) <= 'Z' }

// IsDigit accepts the decimal digits.
func IsDigit(b byte) bool { return '0' <= b && b <= '9' }

// IsLetterOrDigit accepts the letters of ASCII and the decimal digits.
func IsLetterOrDigit(b byte) bool { return IsLetter(b) || IsDigit(b) }

// IsText accepts what may stand in free text: printable characters, space and
// tab, and the bytes of UTF-8.
func IsText(b byte) bool { return b == '\t' || b >= ' ' && b != 0x7f }

// IsGraphic is IsText without white space.
func IsGraphic(b byte) bool { return b > ' ' && b != 0x7f }

// Prefix gives the length of the longest beginning of s whose bytes accept
// allows.
func Prefix[T ~string | ~[]byte](s T, accept func(byte) bool) int {
	n := 0
	for n < len(s) && accept(s[n]) {
		n++
	}
	return n
}
